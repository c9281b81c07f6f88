/**
 * Codes of technical events [R7], from the published lists of three vendors, which agree where they overlap. None of them has a code for cash that
 * goes in or out of a drawer, or for a drawer that is opened: an amount that is no article (910) is the nearest. Copies of tickets have none either,
 * because they have a chain of their own; a document without a ticket leaves the house as an export (110).
 */
export const JET = {
  archiveMade: 20,
  archivePurged: 30,
  signedOut: 40,
  dayClosed: 50,
  shiftClosed: 60,
  degradedOn: 70,
  signedIn: 80,
  defect: 90,
  exported: 110,
  degradedOff: 120,
  deviceAdded: 126,
  deviceRemoved: 127,
  rights: 130,
  balancing: 170,
  cancelled: 190,
  maintenance: 240,
  newVersion: 250,
  initialization: 260,
  setting: 270,
  taxAudit: 280,
  accountant: 290,
  abandonedSale: 320,
  closingStarted: 330,
  nonItemAmount: 910,
} as const;

export type JetCode = (typeof JET)[keyof typeof JET];
