import type { TodayTillsView } from "@weft/contracts";
import type { PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import type { Scope } from "../../modules/places/index.ts";
import type { ReadCtx } from "../../platform/index.ts";
import { daysAt } from "./days.ts";

/** A register with an open shift that has sent nothing for so long is not heard: its network is down, or nobody is there. */
const SILENT_HOURS = 4;
const MOST_ROWS = 60;

type Row = {
  readonly registerId: string;
  readonly name: string;
  readonly placeId: PlaceId;
  readonly openedAt: Date | null;
  readonly openedBy: string | null;
  readonly lastSeenAt: Date | null;
  readonly unsent: number;
  readonly isSilent: boolean;
  readonly isLeftOpen: boolean;
  readonly closedAt: Date | null;
  readonly difference: number | null;
  readonly currency: string | null;
  readonly counts: TodayTillsView["counts"];
  readonly differences: TodayTillsView["differences"] | null;
};

/** How the registers of a scope stand [TDY-3]: those that need a look first. One statement. */
export async function readTills(ctx: Pick<ReadCtx, "db" | "now">, { places }: Scope): Promise<TodayTillsView> {
  const days = places.map((place) => daysAt(place, ctx.now).today);
  const { rows } = await sql<Row>`
    with scope as (select * from unnest(${places.map(({ id }) => id)}::uuid[], ${days.map(({ date }) => date)}::date[],
      ${days.map(({ from }) => from)}::timestamptz[]) s (place_id, today, from_at)),
    register as (
      select r.id as "registerId", r.name, r.place_id as "placeId", r.opened_at as "openedAt", nullif(r.opened_by_name, '') as "openedBy",
             r.last_seen_at as "lastSeenAt", r.unsent, coalesce(r.open_since_date < s.today, false) as "isLeftOpen",
             r.opened_at is not null and greatest(r.last_seen_at, r.opened_at) < ${ctx.now}::timestamptz - make_interval(hours => ${SILENT_HOURS}::integer) as "isSilent",
             t.closed_at as "closedAt", t.difference, t.currency
        from scope s join till.read_register r on r.place_id = s.place_id
        left join lateral (select r.closed_at, r.difference, r.currency where r.closed_at >= s.from_at) t on true)
    select r.*, (select json_build_object('open', count("openedAt"), 'closed', count(*) - count("openedAt"), 'silent', count(*) filter (where "isSilent"),
                                          'unsent', coalesce(sum(unsent), 0), 'different', count(*) filter (where difference <> 0)) from register) as counts,
           (select json_agg(d order by d.currency) from (select currency, sum(difference)::bigint as amount from register where difference <> 0 group by currency) d) as differences
      from register r
     order by (r."isSilent" or r."isLeftOpen") desc, r.unsent > 0 desc, coalesce(r.difference, 0) <> 0 desc, r."openedAt" is not null desc,
              r."placeId", r.name limit ${MOST_ROWS}`.execute(ctx.db);
  const known = new Map(places.map((place) => [place.id, place]));
  return {
    at: ctx.now.toISOString(),
    counts: rows[0]?.counts ?? { open: 0, closed: 0, silent: 0, unsent: 0, different: 0 },
    differences: rows[0]?.differences ?? [],
    registers: rows.map(
      ({ placeId, openedAt, lastSeenAt, closedAt, difference, currency, counts: _all, differences: _sums, ...register }) => ({
        ...register,
        placeId,
        placeName: known.get(placeId)?.name ?? "",
        timeZone: known.get(placeId)?.timeZone ?? "UTC",
        openedAt: openedAt?.toISOString() ?? null,
        lastSeenAt: lastSeenAt?.toISOString() ?? null,
        closedAt: closedAt?.toISOString() ?? null,
        difference: difference === null || currency === null ? null : { amount: difference, currency },
      }),
    ),
  };
}
