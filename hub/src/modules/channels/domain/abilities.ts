import type { ChannelKind } from "@weft/contracts";

/** How a kind of channel knows people, holds a cart, takes money, shows points and gives help [CHA-1]. */
export type Ability = {
  readonly knownBy: readonly string[];
  readonly cart: "native" | "joins_or_takes" | "agent_joins" | "link" | "agent_adds_or_link" | "item_link" | "shows_joined" | "none";
  readonly pays: "native" | "tender" | "link_or_at_collection" | "link" | "on_the_phone" | "none";
  readonly points: "own_page" | "card" | "earn_burn_say" | "agent_grants" | "balance_in_message" | "keyword" | "none";
  readonly help: "chat" | "chat_and_push" | "note_on_thread" | "call_is_message" | "reply" | "thread" | "link" | "qr" | "own_tools";
};

/** One row per kind of channel. The continuity measure walks these cells: a touch has a facet when the person is shown it there. */
export const ABILITIES: Readonly<Record<ChannelKind, Ability>> = {
  web: { knownBy: ["sign_in", "code", "cookie"], cart: "native", pays: "native", points: "own_page", help: "chat" },
  app: { knownBy: ["sign_in", "push"], cart: "native", pays: "native", points: "card", help: "chat_and_push" },
  store: {
    knownBy: ["card", "phone", "name", "code"],
    cart: "joins_or_takes",
    pays: "tender",
    points: "earn_burn_say",
    help: "note_on_thread",
  },
  phone: {
    knownBy: ["number", "call_code", "check_question"],
    cart: "agent_joins",
    pays: "link_or_at_collection",
    points: "agent_grants",
    help: "call_is_message",
  },
  email: { knownBy: ["signed_token"], cart: "link", pays: "link", points: "balance_in_message", help: "reply" },
  messaging: { knownBy: ["contact_point"], cart: "agent_adds_or_link", pays: "link", points: "keyword", help: "thread" },
  social: { knownBy: ["campaign_link"], cart: "item_link", pays: "none", points: "none", help: "link" },
  screen: { knownBy: ["pairing_code"], cart: "shows_joined", pays: "on_the_phone", points: "none", help: "qr" },
  office: { knownBy: ["search"], cart: "none", pays: "none", points: "agent_grants", help: "own_tools" },
  desk: { knownBy: ["search", "thread"], cart: "agent_joins", pays: "link", points: "agent_grants", help: "own_tools" },
};
