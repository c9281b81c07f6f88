/**
 * The fiscal journal of a register: entries that are signed where they are made, chained, summed and closed, and checked by whoever has the
 * public key. It stands alone: no database, no Node, no part of Weft but the kernel.
 */
export {
  appendArchive,
  appendDuplicate,
  appendEvent,
  appendTicket,
  changeFiscalYear,
  changeKey,
  openBook,
  type NewTicket,
} from "./append.ts";
export { appendForHub, isTicketKind, type UnsignedAct } from "./append-for-hub.ts";
export { advance, FROM_NOTHING, keyIn, NOTHING, numberOf } from "./book.ts";
export { checkNext, isDefect, type Keys } from "./check.ts";
export { closeDay, closeMonth, closeShift, closeWhatEnded, closeYear, type ClosingError } from "./closings.ts";
export { base64urlOf, canonical, hashOf } from "./encoding.ts";
export { JET, type JetCode } from "./jet.ts";
export { entryLeaf, inclusionProof, isIncluded, merkleRoot, registerLeaf, type InclusionProof } from "./merkle.ts";
export { payloadOf } from "./payload.ts";
export {
  enrollmentBytes,
  isSealed,
  isSignedBy,
  keyIdOf,
  makeKey,
  openKey,
  publicKeyOf,
  signedBytes,
  signerOf,
  type SigningKey,
} from "./signing.ts";
export { paidIn, rateOf } from "./totals.ts";
export type * from "./types.ts";
export { isManifestSigned, manifestUpTo, uploadManifest } from "./upload.ts";
export { beginning, foldBook, openKeys, verifyEntries, type Verification } from "./verify.ts";
export { NEW_YEAR } from "./year.ts";
