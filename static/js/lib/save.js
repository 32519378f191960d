/** Saves a large file with its progress in sight and a way to stop it. */

// What a phone can hold without trouble; more than that goes straight to a file, or not through us.
const MOST_IN_MEMORY = 150_000_000;
const MB = 1_000_000;

/**
 * @param {Request} request
 * @param {HTMLElement} place where the progress is shown
 * @param {number | null} bytes about how many, when known
 * @returns {Promise<boolean>} false when the browser should do it the plain way
 */
export async function save(request, place, bytes) {
  const small = bytes !== null && bytes <= MOST_IN_MEMORY;
  if (!small && !window.showSaveFilePicker) return false;
  const stop = new AbortController();
  try {
    const file = small ? null : await (await window.showSaveFilePicker({ suggestedName: "records.zip" })).createWritable();
    return await fetched(request, place, file, stop);
  } catch (error) {
    // Whoever changed their mind, here or in the browser's own window, needs no words about it.
    const meant = error instanceof DOMException && error.name === "AbortError";
    say(place, meant ? "The download was cancelled. Nothing was kept." : "The download stopped before its end. Please try again.");
    return true;
  }
}

async function fetched(request, place, file, stop) {
  const show = progressIn(place, stop);
  const response = await fetch(request, { signal: stop.signal, redirect: "manual" });
  const total = Number(response.headers.get("Content-Length"));
  if (!response.ok || !response.body || !total || (!file && total > MOST_IN_MEMORY)) {
    stop.abort();
    await file?.abort();
    place.replaceChildren();
    return false;
  }
  const pieces = [];
  let got = 0;
  try {
    for (const reader = response.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      got += value.length;
      show(got, total);
      if (file) await file.write(value);
      else pieces.push(value);
    }
    if (got !== total) throw new TypeError("It ended too early.");
    await file?.close();
  } catch (error) {
    await file?.abort().catch(() => {});
    throw error;
  }
  if (!file) keep(new Blob(pieces, { type: "application/zip" }), nameOf(response));
  say(place, `Saved: ${(got / MB).toFixed(1)} MB.`);
  return true;
}

/** A bar, its words, and a button that stops it. */
function progressIn(place, stop) {
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", "How much is downloaded");
  const words = document.createElement("span");
  words.textContent = "Getting it ready…";
  const cancel = document.createElement("button");
  cancel.type = "button";
  cancel.className = "button secondary";
  cancel.textContent = "Cancel";
  cancel.addEventListener("click", () => stop.abort());
  place.replaceChildren(bar, words, cancel);
  return (/** @type {number} */ got, /** @type {number} */ total) => {
    bar.max = total;
    bar.value = got;
    words.textContent = `${(got / MB).toFixed(1)} of ${(total / MB).toFixed(1)} MB`;
  };
}

function say(place, sentence) {
  const words = document.createElement("p");
  words.setAttribute("role", "status");
  words.textContent = sentence;
  place.replaceChildren(words);
}

function keep(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function nameOf(response) {
  const said = response.headers.get("Content-Disposition") ?? "";
  return /filename="([^"]+)"/.exec(said)?.[1] ?? "records.zip";
}
