export type Properties = Readonly<Record<string, unknown>>;

/** One event as the hub takes it at `/v1/b`. */
export type WireEvent = {
  readonly type: "page" | "track" | "identify";
  readonly messageId: string;
  readonly timestamp: string;
  readonly anonymousId: string;
  readonly userId?: string;
  readonly event?: string;
  readonly name?: string;
  readonly properties?: Properties;
  readonly traits?: Properties;
  readonly context: Properties;
};

/** What of the page an event tells. */
export type PageFacts = {
  readonly url: string;
  readonly title: string;
  readonly referrer: string;
  readonly language: string;
  readonly timeZone: string;
};

const CAMPAIGN = { utm_campaign: "name", utm_source: "source", utm_medium: "medium", utm_term: "term", utm_content: "content" } as const;

/**
 * The context of an event. Of an address only its path is told, and of its query only the campaign: links in mails often carry something
 * personal there.
 */
export function contextOf({ url, title, referrer, language, timeZone }: PageFacts): Properties {
  const { origin, pathname, searchParams } = new URL(url);
  const campaign = Object.entries(CAMPAIGN).flatMap(([parameter, field]) => {
    const value = searchParams.get(parameter);
    return value ? [[field, value] as const] : [];
  });
  return {
    library: { name: "weft.js", version: "1" },
    page: { url: origin + pathname, path: pathname, title, referrer: withoutQuery(referrer) },
    locale: language,
    timezone: timeZone,
    ...(campaign.length > 0 ? { campaign: Object.fromEntries(campaign) } : {}),
  };
}

function withoutQuery(address: string): string {
  return address.split(/[?#]/, 1)[0] ?? "";
}
