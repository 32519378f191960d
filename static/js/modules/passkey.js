/** A form that a passkey answers: its button asks the device, and what the device says is sent. */

import { answerOf, wanted } from "../lib/credentials.js";

const SENTENCES = {
  InvalidStateError: "This device has a passkey for you already.",
  NotAllowedError: "Nothing was chosen, and nothing was changed. You can press again.",
  SecurityError: "Passkeys do not work at this address.",
};
const OTHERWISE = "That did not work, and nothing was changed. Please try again, or use another way.";

/** @param {HTMLElement} element */
export function passkey(element) {
  const form = /** @type {HTMLFormElement} */ (element);
  const answer = /** @type {HTMLInputElement | null} */ (form.querySelector("input[name=answer]"));
  const status = form.querySelector("[role=status]");
  if (!answer || !status || !globalThis.PublicKeyCredential || !navigator.credentials) return;
  status.textContent = "";
  form.hidden = false;

  async function ask() {
    const said = await fetch(String(form.dataset.challenge), { method: "POST", body: new FormData(form) });
    if (!said.ok || said.redirected) throw new Error("no challenge");
    const publicKey = wanted(await said.json());
    return form.dataset.makes === undefined
      ? navigator.credentials.get({ publicKey })
      : navigator.credentials.create({ publicKey });
  }

  form.addEventListener("submit", async (event) => {
    // What is missing is the server's to say, before any device is asked.
    if (answer.value || !form.checkValidity()) return;
    event.preventDefault();
    status.textContent = "Your device asks you now.";
    try {
      answer.value = answerOf(await ask());
      form.requestSubmit();
    } catch (error) {
      const name = error instanceof DOMException ? error.name : "";
      status.textContent = SENTENCES[/** @type {keyof SENTENCES} */ (name)] ?? OTHERWISE;
    }
  });
}
