/** Whose words an event is in. Everything after the intake speaks one: that of `/v1/track` and its neighbors. */
export type Dialect = "segment" | "posthog";

type Fields = Readonly<Record<string, unknown>>;

/** An event in the words of the rest; what is no event of its dialect stays as it came, and is rejected with its reason. */
export function inOneDialect(raw: unknown, dialect: Dialect): unknown {
  return dialect === "posthog" && isFields(raw) ? fromPosthog(raw) : raw;
}

/**
 * An event of PostHog's clients. There one id, `distinct_id`, stands for an account and for a visitor: it is an account's unless the client
 * says that nobody has signed in. What `$set` and `$set_once` say of a person counts for `$identify` and `$set` alone.
 */
function fromPosthog({ event, distinct_id, properties, uuid, timestamp, ...rest }: Fields): Fields {
  const given = isFields(properties) ? properties : {};
  const { $set, $set_once, ...others } = given;
  const isVisitor = given["$process_person_profile"] === false || given["$is_identified"] === false;
  const common = {
    ...rest,
    messageId: uuid,
    timestamp,
    context: contextIn(given),
    ...(isVisitor ? { anonymousId: distinct_id } : { userId: distinct_id, anonymousId: given["$anon_distinct_id"] ?? given["$device_id"] }),
  };
  switch (event) {
    case "$identify":
    case "$set":
      return {
        ...common,
        type: "identify",
        traits: { ...fieldsOr($set_once), ...fieldsOr($set), ...fieldsOr(rest["$set"]) },
        properties: others,
      };
    case "$create_alias":
      return { ...common, type: "alias", userId: distinct_id, previousId: given["alias"], properties: others };
    case "$groupidentify":
      return { ...common, ...groupIn(given, distinct_id) };
    case "$pageview":
      return {
        ...common,
        type: "page",
        name: given["title"] ?? given["$title"],
        properties: { ...others, url: given["$current_url"], path: given["$pathname"] },
      };
    case "$screen":
      return { ...common, type: "screen", name: given["$screen_name"], properties: others };
    default:
      return { ...common, type: "track", event, properties: given };
  }
}

/** A group that nobody was named with comes under an id made of the group itself, which is no account. */
function groupIn(given: Fields, distinctId: unknown): Fields {
  const { $group_type: name, $group_key: groupId, $group_set: traits } = given;
  const isMade = distinctId === `$${String(name)}_${String(groupId)}`;
  return { type: "group", name, groupId, traits, ...(isMade ? { userId: null, anonymousId: distinctId } : {}) };
}

const CAMPAIGN = { utm_campaign: "name", utm_source: "source", utm_medium: "medium", utm_term: "term", utm_content: "content" } as const;

function contextIn(given: Fields): Fields {
  const campaign = Object.entries(CAMPAIGN).flatMap(([from, to]) => (given[from] === undefined ? [] : [[to, given[from]]]));
  return {
    library: { name: given["$lib"], version: given["$lib_version"] },
    ...(given["$current_url"] === undefined
      ? {}
      : { page: { url: given["$current_url"], path: given["$pathname"], referrer: given["$referrer"] } }),
    ...(campaign.length > 0 ? { campaign: Object.fromEntries(campaign) } : {}),
  };
}

const fieldsOr = (value: unknown): Fields => (isFields(value) ? value : {});
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
