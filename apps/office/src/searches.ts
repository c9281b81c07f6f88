import {
  GIFT_CARD_STATES,
  JOURNAL_CHAINS,
  OFFER_KINDS,
  OFFER_STATES,
  PARITY_ATTRIBUTES,
  PARITY_VERDICTS,
  PARITY_WINDOWS,
  STOCK_DOCUMENT_KINDS,
  TASK_KINDS,
  TASK_TEAMS,
  type ChannelKind,
} from "@weft/contracts/client";
import { oneOfIn, textIn, type RawSearch } from "./common/search.ts";

export const COMPANY_STATES = ["active", "suggested", "archived"] as const;

/** The kinds of channel in the order in which the office lists them. */
export const CHANNEL_KINDS: readonly ChannelKind[] = [
  "store",
  "web",
  "app",
  "phone",
  "email",
  "messaging",
  "social",
  "screen",
  "desk",
  "office",
];
export const ORDER_STATES = ["placed", "closed", "canceled"] as const;
export const WAITING_STATES = ["waiting", "replayed", "discarded"] as const;

/** What each screen reads from its address: its filters, and what is open beside its list. */
export const readCustomersSearch = (search: RawSearch) => ({ query: textIn(search, "query") });

export const readCustomerSearch = (search: RawSearch) => ({
  channel: oneOfIn(search, "channel", CHANNEL_KINDS),
  kind: textIn(search, "kind"),
});

/** The lists of pairs: what waits, what was put off, what was judged. */
export const MATCH_LISTS = ["open", "later", "linked", "different"] as const;
export type MatchList = (typeof MATCH_LISTS)[number];

export const readMatchesSearch = (search: RawSearch) => ({
  status: oneOfIn(search, "status", MATCH_LISTS),
  /** The pair that is looked at. */
  open: textIn(search, "open"),
});

/** `open` is `new` while another company is made. */
export const readCompaniesSearch = (search: RawSearch) => ({
  query: textIn(search, "query"),
  state: oneOfIn(search, "state", COMPANY_STATES),
  open: textIn(search, "open"),
});

/** `open` is `new` while a cart is begun, `customer` for whom. */
export const readOffersSearch = (search: RawSearch) => ({
  state: oneOfIn(search, "state", OFFER_STATES),
  kind: oneOfIn(search, "kind", OFFER_KINDS),
  open: textIn(search, "open"),
  customer: textIn(search, "customer"),
});

export const readOrdersSearch = (search: RawSearch) => ({
  query: textIn(search, "query"),
  place: textIn(search, "place"),
  channel: oneOfIn(search, "channel", CHANNEL_KINDS),
  state: oneOfIn(search, "state", ORDER_STATES),
  from: textIn(search, "from"),
  to: textIn(search, "to"),
  open: textIn(search, "open"),
});

/** Lists of what comes back: what was announced by its state, and what was taken. */
export const RETURN_LISTS = ["open", "accepted", "refused", "canceled", "taken"] as const;

export const readReturnsSearch = (search: RawSearch) => ({
  list: oneOfIn(search, "list", RETURN_LISTS),
  place: textIn(search, "place"),
  channel: oneOfIn(search, "channel", CHANNEL_KINDS),
  open: textIn(search, "open"),
});

export const readStockSearch = (search: RawSearch) => ({
  query: textIn(search, "query"),
  place: textIn(search, "place"),
  low: oneOfIn(search, "low", ["yes"]),
  /** The level that is open: `<variant>.<place>`. */
  open: textIn(search, "open"),
});

/** `document` is the one that is open, `make` the kind of one that is about to be written. */
export const readGoodsSearch = (search: RawSearch) => ({
  kind: oneOfIn(search, "kind", STOCK_DOCUMENT_KINDS),
  place: textIn(search, "place"),
  open: oneOfIn(search, "open", ["yes"]),
  document: textIn(search, "document"),
  make: oneOfIn(search, "make", STOCK_DOCUMENT_KINDS),
  asked: oneOfIn(search, "asked", ["yes"]),
});

export const readContinuitySearch = (search: RawSearch) => ({
  days: oneOfIn(search, "days", ["7", "30", "90", "365"]),
  open: textIn(search, "open"),
});

/** `product` is the one that is looked at on every channel; `sku` the beginning of one. */
export const readParitySearch = (search: RawSearch) => ({
  verdict: oneOfIn(search, "verdict", PARITY_VERDICTS),
  window: oneOfIn(search, "window", PARITY_WINDOWS),
  attribute: oneOfIn(search, "attribute", PARITY_ATTRIBUTES),
  channel: textIn(search, "channel"),
  place: textIn(search, "place"),
  sku: textIn(search, "sku"),
  product: textIn(search, "product"),
});

export const readConflictsSearch = (search: RawSearch) => ({
  state: oneOfIn(search, "state", ["open", "resolved"]),
  open: textIn(search, "open"),
});

/** The lists of tasks: what waits, what this reader has taken, what has ended. */
export const TASK_LISTS = ["waiting", "mine", "ended"] as const;
export type TaskList = (typeof TASK_LISTS)[number];

/** The cart that one has joined by a call code. */
export const readCallsSearch = (search: RawSearch) => ({ cart: textIn(search, "cart") });

/** What the hub is about to do by itself, and what it did. */
export const RUN_LISTS = ["ended", "planned"] as const;
export type RunList = (typeof RUN_LISTS)[number];

export const readTaskRunsSearch = (search: RawSearch) => ({
  list: oneOfIn(search, "list", RUN_LISTS),
  kind: oneOfIn(search, "kind", TASK_KINDS),
  place: textIn(search, "place"),
});

export const readTasksSearch = (search: RawSearch) => ({
  list: oneOfIn(search, "list", TASK_LISTS),
  kind: oneOfIn(search, "kind", TASK_KINDS),
  team: oneOfIn(search, "team", TASK_TEAMS),
  place: textIn(search, "place"),
  open: textIn(search, "open"),
});

/** The part of the chain that the first page is about: a group, or one place. */
export const readTodaySearch = (search: RawSearch) => ({ group: textIn(search, "group"), place: textIn(search, "place") });

export const readBookingsSearch = (search: RawSearch) => ({
  place: textIn(search, "place"),
  day: textIn(search, "day"),
  open: textIn(search, "open"),
});

export const readServicesSearch = (search: RawSearch) => ({
  place: textIn(search, "place"),
  open: textIn(search, "open"),
  adviser: textIn(search, "adviser"),
});

export const readShippingSearch = (search: RawSearch) => ({
  place: textIn(search, "place"),
  list: oneOfIn(search, "list", ["open", "ready", "under_way", "done"]),
  query: textIn(search, "query"),
  open: textIn(search, "open"),
});

/** `date`: on the calendar of the place. */
export const QUEUE_DAYS = ["1", "7", "31"] as const;
export const readQueueSearch = (search: RawSearch) => ({ place: textIn(search, "place"), days: oneOfIn(search, "days", QUEUE_DAYS) });
export const readCollectionsSearch = (search: RawSearch) => ({ place: textIn(search, "place"), date: textIn(search, "date") });

export const readGiftCardsSearch = (search: RawSearch) => ({
  query: textIn(search, "query"),
  state: oneOfIn(search, "state", GIFT_CARD_STATES),
  open: textIn(search, "open"),
});

/** The way of shipping that is open; `new` for one to be added. */
export const readMethodsSearch = (search: RawSearch) => ({ open: textIn(search, "open") });

export const readLabelsSearch = (search: RawSearch) => ({ place: textIn(search, "place"), query: textIn(search, "query") });

export const readTermsSearch = (search: RawSearch) => ({ state: oneOfIn(search, "state", ["standing", "lifted"]) });

export const PRIVACY_PARTS = ["requests", "purposes", "notices", "retention", "exports"] as const;
export type PrivacyPart = (typeof PRIVACY_PARTS)[number];

export const readPrivacySearch = (search: RawSearch) => ({
  part: oneOfIn(search, "part", PRIVACY_PARTS),
  state: oneOfIn(search, "state", ["open", "closed"]),
  open: textIn(search, "open"),
});

export const readWishesSearch = (search: RawSearch) => ({ place: textIn(search, "place") });
export const JOURNAL_VIEWS = ["registers", "entries", "closings", "archives"] as const;

/** `entry` is the address of one that is open beside the list, `<register>/T/12`. */
export const readJournalSearch = (search: RawSearch) => ({
  view: oneOfIn(search, "view", JOURNAL_VIEWS),
  place: textIn(search, "place"),
  register: textIn(search, "register"),
  chain: oneOfIn(search, "chain", JOURNAL_CHAINS),
  type: textIn(search, "type"),
  day: textIn(search, "day"),
  entry: textIn(search, "entry"),
});
export type JournalSearch = Omit<ReturnType<typeof readJournalSearch>, "entry">;

export const readTillsSearch = (search: RawSearch) => ({ place: textIn(search, "place") });

export const readCatalogSearch = (search: RawSearch) => ({
  query: textIn(search, "query"),
  place: textIn(search, "place"),
  soldOut: oneOfIn(search, "soldOut", ["yes"]),
  open: textIn(search, "open"),
});

/** The category or group of options that is open; `new-category` and `new-options` while one is made. */
export const readChoicesSearch = (search: RawSearch) => ({ open: textIn(search, "open") });

export const readStoresSearch = (search: RawSearch) => ({
  /** The place or group that is open. */
  open: textIn(search, "open"),
});

export const readChannelsSearch = (search: RawSearch) => ({ open: textIn(search, "open") });

export const readStaffSearch = (search: RawSearch) => ({ query: textIn(search, "query"), open: textIn(search, "open") });

export const readMessagesSearch = (search: RawSearch) => ({
  to: textIn(search, "to"),
  record: textIn(search, "record"),
  open: textIn(search, "open"),
});

export const readWaitingSearch = (search: RawSearch) => ({
  state: oneOfIn(search, "state", WAITING_STATES),
  kind: textIn(search, "kind"),
  open: textIn(search, "open"),
});

/** A payment provider, and the days that are compared. */
export const readSettlementsSearch = (search: RawSearch) => ({
  account: textIn(search, "account"),
  from: textIn(search, "from"),
  to: textIn(search, "to"),
});
/** The business days, and the place whose tips are being paid out. */
export const readOwedSearch = (search: RawSearch) => ({
  from: textIn(search, "from"),
  to: textIn(search, "to"),
  pay: textIn(search, "pay"),
});

export type TaskRunsSearch = ReturnType<typeof readTaskRunsSearch>;
export type TasksSearch = Omit<ReturnType<typeof readTasksSearch>, "open">;
export type OwedSearch = ReturnType<typeof readOwedSearch>;
export type SettlementsSearch = ReturnType<typeof readSettlementsSearch>;

/** `open` is `new` while another one is made. */
export const readOpenSearch = (search: RawSearch) => ({ open: textIn(search, "open") });

/** The token of the one-time link that a new installation prints. */
export const readOwnerSearch = (search: RawSearch) => ({ token: textIn(search, "token") });

export const readAuditSearch = (search: RawSearch) => ({ subject: textIn(search, "subject"), actor: textIn(search, "actor") });

export const readExportsSearch = (search: RawSearch) => ({ kind: oneOfIn(search, "kind", ["customers", "events", "consents"]) });
