import type { LevelPreviewView } from "@weft/contracts";
import type { ChannelId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";

type Preview = Omit<LevelPreviewView, "channelId" | "from" | "to" | "effect">;

const NOTHING: Preview = {
  peopleFoundTwice: 0,
  pairsToReview: 0,
  cartsGoingOn: 0,
  balancesAddingUp: 0,
  pointsAddingUp: 0,
  optOutsSpreading: 0,
  peopleToInform: 0,
  peopleInformed: 0,
  peopleObjecting: 0,
  peopleWithoutNotice: 0,
  samples: [],
};

/**
 * What would become one, or several, and who stays apart all the same [IDN-22] [IDN-23], in one statement over the views that the modules
 * publish. It takes as long as the people are many: they are gathered once, for the counts and for the samples. Those are five, with most
 * points in front: whoever decides looks at people and not at numbers alone.
 */
export async function previewLevel(ctx: Pick<ReadCtx, "db">, channelId: ChannelId, effect: LevelPreviewView["effect"]): Promise<Preview> {
  if (effect === "none") return NOTHING;
  const { rows } = await sql<Preview>`
    with side as materialized (
      select p.person_id, p.record_id, p.channel_id = ${channelId} as is_mine from customers.read_person p
        join channels.read_level l on l.channel_id = p.channel_id where p.channel_id = ${channelId}
          or (l.level = 'linked' and l.circle is not distinct from (select circle from channels.read_level where channel_id = ${channelId}))
    ), person as materialized (
      select person_id from side group by person_id having bool_or(is_mine) and not bool_and(is_mine)
    ), shared as materialized (
      select side.* from side join person using (person_id)
    ), balance as materialized (
      select s.person_id, sum(m.balance) as points, bool_or(s.is_mine) and not bool_and(s.is_mine) as on_both
        from shared s join loyalty.read_member m on m.record_id = s.record_id group by s.person_id
    ), first as (
      select person_id, coalesce(points, 0)::integer as points from person left join balance using (person_id)
       order by 2 desc, person_id limit 5
    ), chosen as (
      select first.points, array_agg(s.record_id order by s.record_id) as records,
             (array_agg(s.record_id order by s.record_id) filter (where s.is_mine))[1] as mine,
             (array_agg(s.record_id order by s.record_id) filter (where not s.is_mine))[1] as other
        from first join shared s using (person_id) group by first.person_id, first.points
    )
    select (select count(*) from person)::integer as "peopleFoundTwice",
           (select count(*) from customers.read_open_pair p
              join channels.read_level a on a.channel_id = p.a_channel join channels.read_level b on b.channel_id = p.b_channel
             where (p.a_channel = ${channelId}) <> (p.b_channel = ${channelId})
               and case when p.a_channel = ${channelId} then b.level else a.level end = 'linked')::integer as "pairsToReview",
           (select count(*) from carts.read_open c join shared on shared.record_id = c.record_id where c.current)::integer as "cartsGoingOn",
           (select count(*) from balance where on_both)::integer as "balancesAddingUp",
           (select coalesce(sum(points), 0) from balance where on_both)::integer as "pointsAddingUp",
           (select count(distinct shared.person_id) from consent.read_opt_out o join shared on shared.record_id = o.record_id)::integer
             as "optOutsSpreading", kept.*,
           (select coalesce(jsonb_agg(jsonb_build_object(
                'customerId', customers.customer_of(mine),
                'otherCustomerId', nullif(customers.customer_of(other), customers.customer_of(mine)),
                'name', customers.brief(mine) ->> 'givenName',
                'channelIds', (select jsonb_agg(distinct p.channel_id) from customers.read_person p where p.record_id = any (records)),
                'points', points) order by points desc, mine), '[]') from chosen) as samples
      from (select count(*) filter (where 'objection' = any (because))::integer as "peopleObjecting",
                   count(*) filter (where 'notice' = any (because) and 'objection' <> all (because))::integer as "peopleToInform",
                   count(*) filter (where 'informed' = any (because) and not because && '{objection,notice}')::integer as "peopleInformed",
                   (select count(distinct shared.person_id) from shared join customers.read_without_notice w using (record_id))::integer
                     as "peopleWithoutNotice"
              from (select shared.person_id, array_agg(a.because) as because from shared join customers.read_apart a using (record_id)
                     group by shared.person_id) apart) kept`.execute(ctx.db);
  return rows[0] ?? NOTHING;
}
