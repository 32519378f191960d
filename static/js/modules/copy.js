/** A button that puts data-copy on the clipboard; browsers without one never show it. */

/** @param {HTMLElement} element */
export function copy(element) {
  const button = element.querySelector("button");
  const status = element.querySelector("[role=status]");
  if (!button || !status || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(element.dataset.copy ?? "");
      status.textContent = "Copied";
    } catch {
      // The browser may forbid it at any time; the text itself is there to be selected.
      status.textContent = "Please select and copy it by hand";
    }
  });
}
