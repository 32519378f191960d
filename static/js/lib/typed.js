/** What was typed before the script was there, or brought back by the browser, raises no event. */

/** @param {HTMLFormElement} form */
export function typedAlready(form) {
  return [...form.elements].some(
    (control) =>
      (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) &&
      control.value !== control.defaultValue,
  );
}
