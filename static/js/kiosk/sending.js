/** Turns a sitting into signings and sends them; a signing that was sent never changes. */

import { outcomeOf } from "../lib/outcome.js";
import { uuid7 } from "../lib/uuid7.js";
import { api } from "./api.js";

/**
 * Mints the ids and freezes the bodies, so that trying again repeats them to the letter.
 * @param {ReturnType<import("./sitting.js").newSitting>} sitting
 * @param {any} bundle
 */
export function seal(sitting, bundle) {
  const now = new Date().toISOString();
  sitting.id ||= uuid7();
  sitting.setting = bundle.setting.slug;
  const saved = sitting.envelopes.filter((envelope) => envelope.receipt);
  const done = new Set(saved.map((envelope) => envelope.agreementId));
  const open = bundle.agreements.filter(
    ({ agreement_id: id }) => sitting.toSign.includes(id) && !done.has(id),
  );
  const fresh = open.map((agreement) => ({
    id: uuid7(),
    agreementId: agreement.agreement_id,
    title: agreement.title,
    body: JSON.stringify(bodyOf(sitting, agreement.version_id, now)),
    receipt: null,
  }));
  sitting.envelopes = [...saved, ...fresh];
}

/** The body of the contract, format 1. */
function bodyOf(sitting, versionId, now) {
  const { id: personId, ...person } = sitting.person;
  const drawn = sitting.method === "drawn";
  return {
    format: 1,
    sitting_id: sitting.id,
    version_id: versionId,
    person_id: personId,
    person: personId ? null : person,
    method: sitting.method,
    drawing: drawn ? sitting.drawing : null,
    typed_name: drawn ? null : sitting.typedName,
    witness: null,
    declaration: { kind: sitting.declaration.kind, note: sitting.declaration.note },
    reading: sitting.readings.get(versionId).facts,
    signed_at: now,
  };
}

/**
 * Sends what is not saved yet, one at a time, and stops at the first that does not go through.
 * @param {ReturnType<import("./sitting.js").newSitting>} sitting
 * @returns {Promise<{outcome: "saved" | "again" | "pair" | "refused", data: any}>}
 */
export async function send(sitting) {
  for (const envelope of sitting.envelopes.filter((one) => !one.receipt)) {
    const { status, data } = await api("PUT", `signings/${envelope.id}`, {
      json: envelope.body,
      headers: { "Fingerpost-Sent-At": new Date().toISOString() },
    });
    const outcome = outcomeOf(status, data, envelope.id);
    if (outcome !== "saved") return { outcome, data };
    envelope.receipt = data;
  }
  return { outcome: "saved", data: null };
}
