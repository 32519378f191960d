/** Reads a text aloud, block by block, with a voice that lives on this tablet. */

import { blocksOf } from "./blocks.js";

/**
 * Offers it as soon as there is a voice; without one the button stays hidden.
 * @param {import("./view.js").View} view
 * @param {Element[]} texts
 * @param {{read_aloud: boolean}} facts told once a voice has really begun
 */
export function offerAloud(view, texts, facts) {
  const speech = globalThis.speechSynthesis;
  if (!speech) return;
  const { signal } = view;
  const button = view.find("[data-aloud]");
  const offer = () => {
    button.hidden = !localVoice(speech);
  };
  const aloud = new Aloud(speech, texts.flatMap(blocksOf), () => {
    facts.read_aloud = true;
  });
  aloud.onTurn = () => {
    button.textContent = view.words(aloud.said ? "silence" : "aloud");
  };
  view.on("click", "[data-aloud]", () => (aloud.said ? aloud.stop() : aloud.go()));
  speech.addEventListener("voiceschanged", offer, { signal });
  signal.addEventListener("abort", () => aloud.stop());
  offer();
}

/** A voice of the network would send the text away, and falls silent without a network. */
function localVoice(speech) {
  const voices = speech
    .getVoices()
    .filter((voice) => voice.localService && /^en\b/i.test(voice.lang.replace("_", "-")));
  return voices.find((voice) => /gb/i.test(voice.lang)) ?? voices[0];
}

class Aloud {
  /**
   * @param {any} speech
   * @param {{element: Element, words: string}[]} blocks
   * @param {() => void} onBegun
   */
  constructor(speech, blocks, onBegun) {
    this.speech = speech;
    this.blocks = blocks;
    this.onBegun = onBegun;
    this.place = 0;
    /** @type {SpeechSynthesisUtterance | null} what is being said; kept, or browsers forget it */
    this.said = null;
    this.onTurn = () => {};
  }

  /** Says the block at the place; after the last one the text can be heard from the beginning. */
  go() {
    const block = this.blocks[this.place];
    const voice = localVoice(this.speech);
    if (!block || !voice) {
      this.place = 0;
      this.stop();
      return;
    }
    const said = new SpeechSynthesisUtterance(block.words);
    Object.assign(said, { voice, lang: voice.lang });
    said.onstart = this.onBegun;
    said.onend = () => this.over(said, 1);
    said.onerror = () => this.over(said, 0);
    this.show(block.element, said);
    this.speech.speak(said);
  }

  /** One block is over; a voice that failed stays where it is. */
  over(said, step) {
    // What was stopped by a press ends a moment later, and must not start the next block.
    if (this.said !== said) return;
    this.place += step;
    if (step) this.go();
    else this.stop();
  }

  /** The next press goes on with the block that was being said. */
  stop() {
    this.show(null, null);
    this.speech.cancel();
  }

  show(element, said) {
    for (const { element: other } of this.blocks) other.removeAttribute("aria-current");
    element?.setAttribute("aria-current", "true");
    element?.scrollIntoView({ block: "center" });
    this.said = said;
    this.onTurn();
  }
}
