/** What the person signs under: one sign-off wording for each agreement of the sitting. */

/**
 * @param {any} kiosk
 * @returns {{title: string, wording: string}[]}
 */
export function wordingsFor({ sitting, bundle }) {
  return bundle.agreements
    .filter((agreement) => sitting.toSign.includes(agreement.agreement_id))
    .map((agreement) => ({
      title: agreement.signoff_title || agreement.title,
      wording: agreement.wording[sitting.person.category],
    }));
}
