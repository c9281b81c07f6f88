import { grossByPlace } from "./taxes.ts";

/**
 * A technical security device, certified and always of somebody else: it numbers and signs every transaction of a German register
 * (§ 146a AO, BSI TR-03153). Called by a job after the ticket is committed, never inside a transaction. It may throw: the ticket stands
 * all the same, and the text of the error is kept with it.
 */
export type Tse = {
  start(registerCode: string): Promise<StartedTransaction>;
  /** Only where something is known before the end; the kinds of process are those of the standard. */
  update(transaction: StartedTransaction, process: TseProcess): Promise<void>;
  finish(transaction: StartedTransaction, process: TseProcess): Promise<FinishedTransaction>;
  /** Who signs: goes into `tse.csv` as it was when it signed. */
  master(): Promise<TseMaster>;
};

export type StartedTransaction = { readonly number: number; readonly startedAt: string };
export type FinishedTransaction = StartedTransaction & {
  readonly finishedAt: string;
  readonly signatureCounter: number;
  /** Base64. */
  readonly signature: string;
};
/** As it is kept with the ticket: with the device that signed it, which may be another one by the time that the receipt is printed. */
export type SignedTransaction = FinishedTransaction & {
  readonly device: Pick<TseMaster, "serial" | "algorithm" | "timeFormat" | "publicKey">;
};
export type TseProcess = { readonly type: "Kassenbeleg-V1"; readonly data: string };
export type TseMaster = {
  readonly serial: string;
  readonly algorithm: string;
  readonly timeFormat: "unixTime" | "utcTime" | "utcTimeWithSeconds" | "generalizedTime" | "generalizedTimeWithMilliseconds";
  readonly encoding: "UTF-8" | "ASCII";
  /** Base64. */
  readonly publicKey: string;
  /** Base64, of any length. */
  readonly certificate: string;
};

type Signed = {
  readonly currency: string;
  readonly taxes: readonly { readonly rate: string; readonly gross: number }[];
  readonly tenders: readonly { readonly kind: string; readonly state: string; readonly amount: number }[];
};

/**
 * What the device signs of a ticket: `Beleg^19_7_10.7_5.5_0^amount:Bar_amount:Unbar`, amounts with two decimals and a point, payments
 * summed by kind, the currency only where it is not the euro (DSFinV-K, Anhang I: processData of Kassenbeleg-V1).
 */
export function processOf(ticket: Signed, isTraining: boolean): TseProcess {
  const gross = grossByPlace(ticket.taxes).map(decimal).join("_");
  return { type: "Kassenbeleg-V1", data: `${isTraining ? "AVTraining" : "Beleg"}^${gross}^${paymentsOf(ticket)}` };
}

function paymentsOf({ currency, tenders }: Signed): string {
  const settled = tenders.filter(({ state, kind }) => (state === "captured" || state === "refunded") && kind !== "exchange");
  const sum = (isCash: boolean): number =>
    settled.reduce((all, { kind, amount }) => ((kind === "cash") === isCash ? all + amount : all), 0);
  const suffix = currency === "EUR" ? "" : `:${currency}`;
  const parts = [
    { kind: "Bar", amount: sum(true) },
    { kind: "Unbar", amount: sum(false) },
  ].filter(({ amount }) => amount !== 0);
  // A ticket that moved no money says so in cash.
  return (parts.length > 0 ? parts : [{ kind: "Bar", amount: 0 }])
    .map(({ kind, amount }) => `${decimal(amount)}:${kind}${suffix}`)
    .join("_");
}

const decimal = (minor: number): string => (minor / 100).toFixed(2);
