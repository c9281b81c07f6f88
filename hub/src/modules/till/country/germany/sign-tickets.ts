import { asId, type RegisterId } from "@weft/kernel";
import { sql } from "kysely";
import { addJob, job, on, subscriber, type Job, type JobContext } from "../../../../platform/index.ts";
import { isGermanRegister } from "./on-receipt.ts";
import { TicketWritten } from "../../events.ts";
import { processOf, type SignedTransaction, type Tse, type TseProcess } from "./tse.ts";

/** What stands where a ticket waits for a device that nobody connected. */
const NO_DEVICE = "Keine technische Sicherheitseinrichtung verbunden";
/** A run ends after so many, and the next goes on: a register that comes back after weeks holds nobody up. */
const MOST_AT_ONCE = 500;
const LONGEST_ERROR = 200;

export type TseDeps = { readonly tse: Tse | null };

/**
 * Has every ticket of a German register signed by its technical security device, after it was written [ARC-6]: a device that fails or is not
 * there stops no sale, and its error is recorded where the signature would stand.
 */
export const tseJobs = ({ tse }: TseDeps) => {
  const sign = job("till.tse", (ctx: JobContext, { registerId }: { registerId: string }) =>
    signTickets(ctx, tse, asId<RegisterId>(registerId)),
  );
  const subscribers = [
    subscriber("till.tse", [
      on(TicketWritten, async (ctx, { data: { registerId } }) => {
        if (await isGermanRegister(ctx, registerId)) await addJob(ctx, sign, { registerId }, { key: `tse ${registerId}` });
      }),
    ]),
  ];
  const jobs: readonly Job[] = [sign];
  return { jobs, subscribers };
};

type Waiting = {
  readonly chain: string;
  readonly seq: number;
  readonly code: string;
  readonly document: Parameters<typeof processOf>[0];
};

/** Signs what the register wrote since the last ticket that was signed or failed, in its order. */
export async function signTickets(
  { read, signal }: Pick<JobContext, "read" | "signal">,
  tse: Tse | null,
  registerId: RegisterId,
): Promise<void> {
  const { rows } = await sql<Waiting>`
    select e.chain, e.seq::float8, r.code, e.body -> 'document' as document
      from till.fiscal_entry e join till.register r on r.id = e.register_id
     where e.register_id = ${registerId} and e.chain in ('T', 'X') and e.body #> '{document,taxes}' is not null
       and e.seq > (select coalesce(max(t.seq), 0) from till.tse_signature t where t.register_id = e.register_id and t.chain = e.chain)
     order by e.chain, e.seq limit ${MOST_AT_ONCE}`.execute(read.db);
  for (const { chain, seq, code, document } of rows) {
    if (signal.aborted) return;
    const process = processOf(document, chain === "X");
    const signed = await signOne(tse, code, process);
    await sql`
      insert into till.tse_signature (register_id, chain, seq, process_type, process, transaction, error, at)
      values (${registerId}, ${chain}, ${seq}, ${process.type}, ${process.data}, ${"transaction" in signed ? JSON.stringify(signed.transaction) : null}::jsonb,
              ${"error" in signed ? signed.error : null}, now())
      on conflict (register_id, chain, seq) do nothing`.execute(read.db);
  }
}

async function signOne(
  tse: Tse | null,
  code: string,
  process: TseProcess,
): Promise<{ transaction: SignedTransaction } | { error: string }> {
  if (!tse) return { error: NO_DEVICE };
  try {
    const transaction = await tse.finish(await tse.start(code), process);
    const { serial, algorithm, timeFormat, publicKey } = await tse.master();
    return { transaction: { ...transaction, device: { serial, algorithm, timeFormat, publicKey } } };
  } catch (error) {
    return { error: (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_ERROR) };
  }
}
