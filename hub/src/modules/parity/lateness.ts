import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import { catalogSnapshot } from "../catalog/index.ts";
import { pricingSnapshot, type PriceList } from "../pricing/index.ts";
import type { Behind } from "./domain/index.ts";
import type { Book } from "./book.ts";
import type { OpenWindow } from "./windows.ts";

type ChangeRow = { readonly source: "catalog" | "pricing"; readonly revision: number; readonly at: Date };

/** Says since when a window is behind the records. */
export type Lateness = (window: OpenWindow, book: Book, nodes: NodeRevisions) => Behind;

/** What this node has in memory, taken before its windows are looked into. */
export type NodeRevisions = { readonly catalog: number; readonly pricing: number };

export async function nodeRevisions({ snapshots }: Pick<ReadCtx, "snapshots">): Promise<NodeRevisions> {
  return { catalog: (await snapshots.current(catalogSnapshot)).revision, pricing: (await snapshots.current(pricingSnapshot)).revision };
}

/**
 * Reads when catalog and prices changed [PAR-3]. Apps are behind while their node has not loaded a revision yet; a feed is behind everything
 * that changed after it was made, also by the clock alone, and stock always. One whose text is not what was made is behind nothing: what
 * differs there is a mistake.
 */
export async function readLateness({ db }: Pick<ReadCtx, "db">, changedFeeds: ReadonlySet<string>): Promise<Lateness> {
  const { rows } = await sql<ChangeRow>`select source, revision, at from parity.change order by source, revision`.execute(db);
  const since = (source: ChangeRow["source"], known: number, now: number, at: Date): Date | undefined => {
    if (now <= known) return undefined;
    // One that no subscriber has noted yet came just now.
    return rows.find((row) => row.source === source && row.revision > known)?.at ?? at;
  };
  return ({ feed, ...window }, book, nodes) => {
    const { at } = book;
    const [catalogNow, pricingNow] = [book.catalog.revision, book.pricing.revision];
    if (!feed) {
      const [catalog, pricing] = [since("catalog", nodes.catalog, catalogNow, at), since("pricing", nodes.pricing, pricingNow, at)];
      return { ...(catalog && { catalog }), ...(pricing && { pricing }) };
    }
    if (changedFeeds.has(`${window.channelId}/${feed.kind}/${feed.locale}`)) return {};
    const catalog = since("catalog", feed.catalogRevision, catalogNow, at);
    const pricing = since("pricing", feed.pricingRevision, pricingNow, at) ?? turnAfter(book.pricing.lists, feed.madeAt, at);
    return { ...(catalog && { catalog }), ...(pricing && { pricing }), stock: feed.madeAt };
  };
}

/** The first instant in a time at which a list begins or ends by the clock. */
function turnAfter(lists: readonly Pick<PriceList, "validFrom" | "validTo">[], after: Date, until: Date): Date | undefined {
  const turns = lists
    .flatMap(({ validFrom, validTo }) => [validFrom, validTo])
    .filter((turn) => turn !== undefined && turn > after && turn <= until);
  return turns.toSorted((a, b) => (a?.getTime() ?? 0) - (b?.getTime() ?? 0))[0];
}
