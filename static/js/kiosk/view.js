/** One step on the screen: finding, filling and listening, all of which end with the step. */

export class View {
  /**
   * @param {HTMLElement} root holds what the step's template was copied into
   * @param {HTMLElement} heading
   * @param {AbortSignal} signal ends when another step is shown
   */
  constructor(root, heading, signal) {
    this.root = root;
    this.heading = heading;
    this.signal = signal;
  }

  /** @param {string} selector @returns {any} */
  find(selector) {
    return this.root.querySelector(selector);
  }

  /** @param {string} selector @returns {any[]} */
  all(selector) {
    return [...this.root.querySelectorAll(selector)];
  }

  /** Puts text wherever the template asks for it by name: data-fill="name". */
  fill(values, within = this.root) {
    for (const place of within.querySelectorAll("[data-fill]")) {
      const value = values[/** @type {HTMLElement} */ (place).dataset.fill ?? ""];
      if (value !== undefined) place.textContent = value;
    }
  }

  /** A sentence the template keeps under a name, with its {gaps} filled. */
  words(name, values = {}) {
    const kept = this.find(`template[data-words="${name}"]`).content.textContent.trim();
    return kept.replace(/\{(\w+)\}/g, (gap, key) => values[key] ?? gap);
  }

  /** Says a kept sentence where screen readers notice; no name means silence. */
  say(name, values) {
    this.find("[data-say]").textContent = name ? this.words(name, values) : "";
  }

  /** One page, several states: each has its own heading, which takes the focus. */
  turn(state) {
    for (const part of this.all("[data-state]")) {
      part.hidden = !part.dataset.state.split(" ").includes(state);
    }
    this.heading.textContent = this.words(`heading-${state}`);
    document.title = this.heading.textContent;
    this.heading.focus();
  }

  /** A copy of a small template inside the step's own, such as one row of a list, filled. */
  copy(name, values) {
    const kept = this.find(`template[data-copy="${name}"]`).content.firstElementChild;
    const part = /** @type {HTMLElement} */ (kept.cloneNode(true));
    this.fill(values, part);
    return part;
  }

  /** Calls back when what the selector names is pressed, typed in or changed. */
  on(type, selector, act) {
    for (const element of this.all(selector)) {
      element.addEventListener(type, act, { signal: this.signal });
    }
  }
}
