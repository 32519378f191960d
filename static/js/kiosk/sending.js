/** Turns a sitting into signings, seals them and keeps them until the server has them. */

import { letterFor } from "../lib/letter.js";
import { outcomeOf } from "../lib/outcome.js";
import { uuid7 } from "../lib/uuid7.js";
import { keep } from "./outbox.js";
import { send } from "./postman.js";

/**
 * Mints the ids and freezes the bodies; what was signed never changes and is never minted again.
 * Only what the server refused for good is signed anew, in place of the refused one.
 * @param {ReturnType<import("./sitting.js").newSitting>} sitting
 * @param {any} bundle
 */
export function seal(sitting, bundle) {
  const now = new Date().toISOString();
  sitting.id ||= uuid7();
  sitting.setting = bundle.setting.slug;
  const refused = new Map(
    sitting.envelopes.filter((one) => one.refusal).map((one) => [one.agreementId, one.id]),
  );
  const stays = sitting.envelopes.filter((envelope) => !envelope.refusal);
  const done = new Set(stays.map((envelope) => envelope.agreementId));
  const open = bundle.agreements.filter(
    ({ agreement_id: id }) => sitting.toSign.includes(id) && !done.has(id),
  );
  const fresh = open.map(({ agreement_id: agreementId, version_id: versionId, title }) => ({
    id: uuid7(),
    agreementId,
    title,
    body: JSON.stringify(bodyOf(sitting, versionId, now)),
    letter: null,
    instead: refused.get(agreementId) ?? null,
    kept: false,
    outcome: "",
    receipt: null,
    refusal: null,
  }));
  sitting.envelopes = [...stays, ...fresh];
}

/** The body of the contract, format 1. */
function bodyOf(sitting, versionId, now) {
  const { id: personId, ...person } = sitting.person;
  const { method } = sitting;
  return {
    format: 1,
    sitting_id: sitting.id,
    version_id: versionId,
    person_id: personId,
    person: personId ? null : person,
    method,
    drawing: method === "typed" ? null : sitting.drawing,
    typed_name: method === "typed" ? sitting.typedName : null,
    witness: method === "mark" ? sitting.witness : null,
    declaration: { kind: sitting.declaration.kind, note: sitting.declaration.note },
    reading: sitting.readings.get(versionId).facts,
    signed_at: now,
  };
}

/**
 * Seals what is not kept yet and puts it into the outbox, all of it or none; throws when the
 * tablet cannot keep it. From then on nothing readable is left of it but this page's memory.
 * @param {ReturnType<import("./sitting.js").newSitting>} sitting
 * @param {string} publicKey
 */
export async function keepSafe(sitting, publicKey) {
  const fresh = sitting.envelopes.filter((envelope) => !envelope.kept);
  if (fresh.length === 0) return;
  for (const envelope of fresh) {
    envelope.letter ??= await letterFor(publicKey, envelope.id, envelope.body);
  }
  const { setting } = sitting;
  await keep(
    fresh.map(({ id, letter }) => ({ id, setting, letter })),
    fresh.map(({ instead }) => instead).filter(Boolean),
  );
  for (const envelope of fresh) Object.assign(envelope, { kept: true, body: "", letter: null });
}

/** Sends straight from memory what the tablet had no room to keep. */
export async function sendUnkept(sitting) {
  for (const envelope of sitting.envelopes.filter((one) => !one.kept && !one.receipt)) {
    const { status, data } = await send(envelope);
    hear(sitting, { id: envelope.id, outcome: outcomeOf(status, data, envelope.id), data });
  }
}

/**
 * Writes down what became of a signing, if it is one of this sitting's.
 * @param {ReturnType<import("./sitting.js").newSitting>} sitting
 * @param {{id: string, outcome: string, data: any}} answer
 */
export function hear(sitting, { id, outcome, data }) {
  const envelope = sitting.envelopes.find((one) => one.id === id);
  if (!envelope) return;
  envelope.outcome = outcome;
  if (outcome === "saved") envelope.receipt = data;
  if (outcome === "refused") envelope.refusal = data ?? {};
}
