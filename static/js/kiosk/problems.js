/** "There is a problem": a summary that takes the focus, and the same words at each field. */

/** @typedef {{field: string, sentence: string}} Problem field: the id of what to mend */

/**
 * @param {import("./view.js").View} view
 * @param {Problem[]} problems none: the earlier ones go away
 */
export function showProblems(view, problems) {
  clear(view);
  if (problems.length === 0) return;
  const kept = document.getElementById("problem-summary");
  const summary = /** @type {HTMLElement} */ (kept.content.firstElementChild.cloneNode(true));
  for (const problem of problems) {
    summary.querySelector("ul").append(line(view, problem));
    mark(view, problem);
  }
  view.heading.before(summary);
  document.title = `Error: ${view.heading.textContent}`;
  summary.focus();
}

/**
 * What the server would not take, said at the fields of this step; it is said only once.
 * @param {import("./view.js").View} view
 * @param {{remarks: Record<string, string>}} sitting
 * @param {Record<string, string>} ids of the inputs, by what the server calls them
 */
export function showRemarks(view, sitting, ids) {
  const problems = Object.entries(sitting.remarks)
    .filter(([name]) => view.find(`#${ids[name]}`)?.closest("[hidden]") === null)
    .map(([name, sentence]) => ({ field: ids[name], sentence }));
  if (problems.length) sitting.remarks = {};
  showProblems(view, problems);
}

function clear(view) {
  document.title = view.heading.textContent;
  view.heading.parentElement.querySelector(".error-summary")?.remove();
  for (const sentence of view.all(".error")) sentence.remove();
  for (const field of view.all(".has-error")) field.classList.remove("has-error");
  for (const input of view.all("[aria-invalid]")) input.removeAttribute("aria-invalid");
  for (const owner of view.all("[data-described]")) describe(owner, owner.dataset.described);
}

/** The line in the summary; its link leads to the field. */
function line(view, { field, sentence }) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = `#${field}`;
  link.textContent = sentence;
  link.addEventListener("click", (event) => {
    // A fragment would go into the history, which keeps nothing here.
    event.preventDefault();
    view.find(`#${field}`).focus();
  });
  item.append(link);
  return item;
}

/** The same sentence at the field itself, tied to it for screen readers. */
function mark(view, { field, sentence }) {
  const input = view.find(`#${field}`);
  const group = input.closest(".field");
  const note = document.createElement("p");
  note.className = "error";
  note.id = `${field}-error`;
  note.textContent = sentence;
  group.classList.add("has-error");
  group.querySelector("[data-errors]").append(note);
  // A group of choices carries the sentence itself; one radio of it cannot be "invalid".
  const single = input.matches("textarea, select, input:not([type=radio], [type=checkbox])");
  if (single) input.setAttribute("aria-invalid", "true");
  const owner = single ? input : group;
  owner.dataset.described ??= owner.getAttribute("aria-describedby") ?? "";
  describe(owner, `${note.id} ${owner.dataset.described}`.trim());
}

function describe(owner, ids) {
  if (ids) owner.setAttribute("aria-describedby", ids);
  else owner.removeAttribute("aria-describedby");
}
