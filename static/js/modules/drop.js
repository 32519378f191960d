/** A form whose file can also be dropped on it; without scripts the file is chosen as ever. */

/** @param {HTMLElement} element */
export function drop(element) {
  const input = element.querySelector("input[type=file]");
  if (!(element instanceof HTMLFormElement) || !(input instanceof HTMLInputElement)) return;
  const over = (/** @type {boolean} */ wanted) => element.classList.toggle("over", wanted);
  element.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    over(true);
  });
  element.addEventListener("dragleave", (event) => {
    if (!(event.relatedTarget instanceof Node) || !element.contains(event.relatedTarget)) over(false);
  });
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    if (!event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    element.requestSubmit();
  });
}
