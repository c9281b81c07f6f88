import type { Problems } from "@weft/kernel";

export type TillError =
  | { readonly code: "till.register_unknown" }
  | { readonly code: "till.other_register" }
  | { readonly code: "till.other_place" }
  | { readonly code: "till.command_conflict" }
  | { readonly code: "till.out_of_order"; readonly expectedSeq: number }
  | { readonly code: "till.command_unreadable"; readonly reason: string }
  | { readonly code: "till.shift_open"; readonly shiftId: string }
  | { readonly code: "till.shift_closed" }
  | { readonly code: "till.shift_unknown" }
  | { readonly code: "till.not_a_till" }
  | { readonly code: "till.no_printer" }
  | { readonly code: "till.not_parked" }
  | { readonly code: "till.no_tab" }
  | { readonly code: "till.table_unknown"; readonly table: string }
  | { readonly code: "till.tab_elsewhere"; readonly deviceName: string }
  | { readonly code: "till.paid_stays"; readonly paid: number; readonly left: number }
  | { readonly code: "kiosk.not_a_kiosk" }
  | { readonly code: "kiosk.way_not_offered" }
  | { readonly code: "kiosk.store_closed"; readonly opensAt: string | null }
  | { readonly code: "kiosk.not_orderable"; readonly requirements: readonly string[] }
  | { readonly code: "kiosk.no_such_act" }
  | { readonly code: "till.entity_unknown" }
  | { readonly code: "till.entry_unknown" }
  | { readonly code: "till.period_too_long" }
  | { readonly code: "till.nothing_to_archive" }
  | { readonly code: "till.archive_unknown" }
  | { readonly code: "till.archive_not_kept" }
  | { readonly code: "till.not_its_country" }
  | { readonly code: "till.no_receipt" }
  | { readonly code: "till.claim_ended" }
  | { readonly code: "till.key_refused" }
  | { readonly code: "till.key_known" }
  | { readonly code: "till.manager_needed" }
  | { readonly code: "till.no_proof" }
  | { readonly code: "till.approval_refused" }
  | { readonly code: "till.refund_differs" }
  | { readonly code: "access.device_needed" }
  | { readonly code: "access.too_many_tries"; readonly retryAfterSeconds: number }
  | { readonly code: "till.drawer_unknown" }
  | { readonly code: "till.deposit_unknown"; readonly deposit: string }
  | { readonly code: "till.deposit_changed"; readonly deposit: string; readonly each: number };

export const TILL_PROBLEMS: Problems<TillError> = {
  "till.register_unknown": { status: 404, title: "There is no such register" },
  "till.other_register": { status: 403, title: "This device is enrolled for another register" },
  "till.other_place": { status: 403, title: "This belongs to another place" },
  "till.command_conflict": { status: 409, title: "Another command was sent under this id" },
  "till.out_of_order": { status: 409, title: "This is not the number that comes next" },
  "till.command_unreadable": { status: 422, title: "This command cannot be read; it is kept in quarantine" },
  "till.shift_open": { status: 409, title: "A shift is open at this register" },
  "till.shift_closed": { status: 409, title: "This shift is closed" },
  "till.shift_unknown": { status: 404, title: "There is no such shift at this register" },
  "till.no_printer": { status: 409, title: "No printer hangs at this till" },
  "till.not_a_till": { status: 403, title: "This browser is not enrolled as a till" },
  "till.not_parked": { status: 409, title: "This ticket does not wait any more: another till has it, or it was paid" },
  "till.no_tab": { status: 409, title: "This ticket is at no table of this store" },
  "till.table_unknown": { status: 422, title: "This store has no such table" },
  "till.tab_elsewhere": { status: 409, title: "Another till has this ticket open" },
  "till.paid_stays": { status: 409, title: "Somebody has paid a part of this ticket: so much has to stay on it" },
  "till.deposit_unknown": { status: 409, title: "There is no such deposit in this country" },
  "till.deposit_changed": { status: 409, title: "This deposit has another amount now" },
  "till.drawer_unknown": { status: 404, title: "There is no such drawer for this register" },
  "kiosk.not_a_kiosk": { status: 403, title: "This browser is not enrolled as a kiosk" },
  "kiosk.way_not_offered": { status: 409, title: "Nothing is paid in this way at this kiosk" },
  "kiosk.store_closed": { status: 409, title: "The store is closed: nothing is ordered at its kiosks" },
  "kiosk.not_orderable": { status: 409, title: "Something of this order cannot be had as it stands" },
  "kiosk.no_such_act": { status: 403, title: "A kiosk sells for a card, and does nothing else at its register" },
  "till.entity_unknown": { status: 404, title: "There is no such legal entity" },
  "till.entry_unknown": { status: 404, title: "There is no such entry" },
  "till.period_too_long": { status: 422, title: "An archive is of a year at most" },
  "till.nothing_to_archive": { status: 409, title: "Nothing was written in this period" },
  "till.archive_unknown": { status: 404, title: "There is no such archive" },
  "till.archive_not_kept": { status: 409, title: "The file of this archive is not kept any more; make another one" },
  "till.not_its_country": { status: 409, title: "This export is not of this country" },
  "till.key_refused": { status: 422, title: "This is no key that the one who sent it has" },
  "till.key_known": { status: 409, title: "This register signs with another key already" },
  "till.manager_needed": { status: 403, title: "A manager must say that the key is lost" },
  "till.refund_differs": { status: 409, title: "The order was not paid as the register says" },
  "till.approval_refused": { status: 403, title: "This PIN is not one of somebody who may give prices at this place" },
  "access.device_needed": { status: 403, title: "A PIN is given at a till" },
  "access.too_many_tries": { status: 429, title: "Too many wrong PINs" },
  "till.no_proof": { status: 404, title: "No day's root holds this entry yet" },
  "till.claim_ended": { status: 409, title: "This receipt is too old to be added to purchases" },
  "till.no_receipt": { status: 404, title: "There is no receipt for this" },
};
