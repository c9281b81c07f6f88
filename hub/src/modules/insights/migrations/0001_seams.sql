-- Where a person changed the channel, and what was carried and lost there. Derived: built again from touchpoints at any time [INS-5].
-- Locks: none that matter, the table is new. A seam is named by the first touch on the other channel.
create table insights.seam (
  to_record_id     uuid not null,
  to_at            timestamptz not null,
  to_id            uuid not null,
  from_record_id   uuid not null,
  from_at          timestamptz not null,
  from_id          uuid not null,
  from_channel_id  uuid not null,
  to_channel_id    uuid not null,
  journey_ref      text,                               -- what ties both sides together, when something does
  facets           jsonb not null,                     -- facet → 'carried', or why it was lost; what did not apply is not in it
  score            double precision not null check (score between 0 and 1),
  late_seconds     integer,                            -- so long after it was it known that both sides are one person; null: it was known before
  scored_at        timestamptz not null,
  primary key (to_record_id, to_at, to_id)
);
create index seam_at on insights.seam (to_at);
create index seam_from on insights.seam (from_record_id);
