import { readDayparts } from "./dayparts.ts";
import { readLabelPatterns } from "./scale-labels.ts";
import { readSlotRoom } from "./slot-room.ts";
import { readStations } from "./stations.ts";
import { readTables } from "./tables.ts";
import { readWindows } from "./windows.ts";

/** The known settings of places [PLA-2]: what each decides, its default, and what it accepts. A setting without an effect is not here. */
export const SETTINGS = {
  /** Minutes before closing at which a store says that it closes soon. */
  closingSoonMinutes: wholeNumber(30, 0, 240),
  /** Minutes that a cart holds units without any act of its holder. */
  holdMinutes: wholeNumber(15, 1, 60),
  /** Units of one SKU that a cart without a customer may hold. */
  anonymousMaxUnitsPerSku: wholeNumber(10, 1, 1000),
  /** Units in all that a cart without a customer may hold. */
  anonymousMaxUnits: wholeNumber(30, 1, 1000),
  /** Minutes that goods which are back are held for the one who asked first to be told of them; 0: nothing is held [SAV-12]. */
  waitingListMinutes: wholeNumber(15, 0, 24 * 60),
  /** Minutes from order to ready, beside the work on the goods themselves. */
  collectReadyMinutes: wholeNumber(5, 0, 24 * 60),
  /** Orders that a place prepares at once: so much faster its queue goes. */
  queueHands: wholeNumber(1, 1, 50),
  /** Where goods are made and which, such as `Bar: coffee, tea; Kitchen: breakfast`; empty: the place has no screens for it [PLA-10]. */
  stations: stations(),
  /** Tables at which guests are served, by zone, with their seats, such as `Inside: 1/2, 2/4; Terrace: T1/4`; empty: at the counter alone [PLA-14]. */
  tables: tables(),
  /** When which categories are sold, such as `breakfast: Mo-Fr 07:00-11:00 | lunch: Mo-Su 11:30-15:00`; what is not named is sold all day [PLA-11]. */
  dayparts: dayparts(),
  /** Minutes of a collection slot; 0: this place has none, and its customers name any time at which it is open. */
  slotMinutes: wholeNumber(0, 0, 240),
  /** Orders that one slot takes. */
  slotOrders: wholeNumber(8, 1, 1000),
  /** Minutes of work that one slot takes, by the preparation times of the goods; 0: work is not counted. */
  slotWorkMinutes: wholeNumber(0, 0, 1440),
  /**
   * Minutes of work of each station for one slot, such as `Bar: 12 | Kitchen: 8 Mo-Fr 11:00-14:00`; empty: no work of stations is counted. Where it is
   * said, what is sold over the counter and what is ordered for now takes the same room [PLA-13, PRM-14].
   */
  slotRoom: slotRoom(),
  /** Whether the collection screen calls people by first name and initial, or by the number of their order alone [BRD-2]. */
  boardCalls: choice("names", ["names", "numbers"]),
  /** Whether preparation times that were measured here are shown beside those that are set, and whether promises go by them [QUE-4]. */
  measuredTimes: choice("shown", ["off", "shown", "used"]),
  /** Minutes before its beginning until which a slot can be taken. */
  slotLeadMinutes: wholeNumber(30, 0, 7 * 24 * 60),
  /** Days after today for which slots can be taken. */
  slotDaysAhead: wholeNumber(2, 0, 30),
  /** When there are slots, such as `Mo-Fr 08:00-11:00; Sa 09:00-12:00`; empty: whenever the place is open [PLA-9]. */
  slotWindows: windows(),
  /** Hours that what is ready waits for its customer, before staff decide what becomes of it. */
  collectWindowHours: wholeNumber(24, 1, 24 * 30),
  /**
   * Minutes ahead from which a place takes orders while none of its tills and screens is heard [PRM-71]; 0: it takes them all the time. Off by default:
   * a place whose devices are others than ours is never heard, and would take no order to be made at once.
   */
  leaseHorizonMinutes: wholeNumber(0, 0, 24 * 60),
  /** Days until goods of another place are here that a customer asks for and fetches here; 0: they cannot be asked for [CRT-32]. */
  bringDays: wholeNumber(0, 0, 60),
  /** Minutes after midnight until which what is ordered to be shipped leaves on the same working day. */
  shipCutOffMinutes: wholeNumber(14 * 60, 0, 24 * 60 - 1),
  /** When a card is charged for goods that are ordered before they are there, where the goods do not say it themselves [CHK-54]. */
  aheadCharged: choice("order", ["order", "dispatch"]),
  /** In which order places are asked for what is shipped, as `promises` routes it [PRM-21]. */
  shipRouting: choice("fewest_parcels", ["fewest_parcels", "preferred", "nearest", "balance", "cheapest"]),
  /** Places over which what is shipped may be spread, each with a parcel of its own; 1: one place sends all of it. */
  shipMostParcels: wholeNumber(1, 1, 3),
  /** Rank of the place where preferred places go first; the lowest is the most preferred. */
  shipRank: wholeNumber(50, 0, 100),
  /** What a parcel from here costs the retailer, in minor units, where the cheapest place goes first. */
  shipCost: amount(0, 0, 1_000_000),
  /** Minutes before the end of that time at which its customer is reminded; 0: never. */
  collectReminderMinutes: wholeNumber(120, 0, 24 * 60),
  /** Whether customers are also told that their order is being prepared: 1 yes, 0 no. */
  tellInPreparation: wholeNumber(0, 0, 1),
  /** Days after a purchase at a counter on which goods still come back; 0 is the day itself. */
  returnDays: wholeNumber(30, 0, 730),
  /**
   * The same for what was bought from afar, counted from the day on which the goods were received. The law of the European Union gives 14
   * at least (Directive 2011/83/EU, article 9).
   */
  returnDaysFromAfar: wholeNumber(30, 14, 730),
  /** Returns of one customer within 30 days; 0: as many as they like. */
  returnsPerCustomer: wholeNumber(20, 0, 1000),
  /** Codes of categories, with commas between, whose goods come back only when something is wrong with them: food, cut cloth. */
  returnFaultyOnly: text("", 300),
  /** What is taken back without any proof without a manager, of one return, in minor units, for store credit alone; 0: nothing is [RET-14]. */
  unprovenMost: amount(0, 0, 10_000_000),
  /** The same of one customer within 90 days. */
  unprovenMostOfCustomer: amount(10_000, 0, 100_000_000),
  /** Whether the house pays for the way back of a parcel: 1 yes, 0 the customer does, unless something is wrong with the goods. */
  returnParcelFree: wholeNumber(0, 0, 1),
  /** Months after their sale until which gift cards can be spent; 0: they never end. Laws say how few it may be. */
  giftCardMonths: wholeNumber(0, 0, 1200),
  /** The most that a gift card may hold once it was topped up here, in minor units; 0: as much as somebody likes [PAY-60]. */
  giftCardMost: amount(50_000, 0, 100_000_000),
  /** What a till without a network takes of one gift card, or in points of one member, by the signed code that is shown, in minor units; 0: nothing [PAY-52]. */
  valueMostAlone: amount(0, 0, 1_000_000),
  /** Cash is rounded to the nearest of this many minor units where small coins are not used any more, by law or custom; 0: to the cent [PAY-42]. */
  cashRounding: amount(0, 0, 100),
  /** What customers of the shop may say of what they order here: of what is made for them, of everything, or nothing [CRT-34]. */
  customerNotes: choice("made", ["made", "all", "none"]),
  /** Tips that a till suggests at payment, in percent, such as `5 10 15`; empty: no tip is taken here [PAY-44]. */
  tipPercents: percents(),
  /** How orders are paid at the kiosks of the store: at the counter, with a card beside them where they have a register, or as the customer likes [KSK-1]. */
  kioskPayment: choice("counter_and_card", ["counter", "card", "counter_and_card"]),
  /** Whether tills print receipts by themselves. In France nothing is printed that nobody asks for (AGEC law, article 49) [DEV-10]. */
  receiptPaper: choice("asked", ["asked", "always"]),
  /** How labels of the scales are read, such as `21IIIIIWWWWWC 22IIIIIPPPPPC`; empty: as is usual in the country [PLA-12]. */
  scaleLabels: labels(),
  /** Days before its last day from which a scanned thing is near it: its cashier is told, and it is marked down [BAT-8]. */
  nearEndDays: wholeNumber(3, 0, 60),
  /** What is marked down then, in percent; 0: nothing is. */
  nearEndPercent: wholeNumber(0, 0, 90),
  /** What stands at the foot of a receipt. */
  receiptFooter: text("", 300),
} as const;

export type SettingKey = keyof typeof SETTINGS;
export type Settings = { readonly [Key in SettingKey]: (typeof SETTINGS)[Key]["fallback"] };
/** What a group or place sets itself. */
export type OwnSettings = Partial<Settings>;

/** A setting with where its value comes from. */
export type InheritedSetting = {
  readonly key: SettingKey;
  readonly value: string | number;
  readonly from: "place" | "group" | "default";
  readonly fromId: string | null;
  readonly fromName: string | null;
};

type Setting<T> = { readonly fallback: T; readonly accepts: (value: unknown) => boolean; readonly expected: string };

function wholeNumber(fallback: number, least: number, most: number): Setting<number> {
  return {
    fallback,
    accepts: (value) => typeof value === "number" && Number.isInteger(value) && value >= least && value <= most,
    expected: `a whole number from ${least} to ${most}`,
  };
}

type Amount = Setting<number> & { readonly least: number; readonly most: number };

/** An amount in minor units of the currency of its place. */
function amount(fallback: number, least: number, most: number): Amount {
  return { ...wholeNumber(fallback, least, most), expected: `a whole number of minor units from ${least} to ${most}`, least, most };
}

function choice<T extends string>(fallback: T, choices: readonly T[]): Setting<T> & { readonly choices: readonly T[] } {
  return { fallback, choices, accepts: (value) => choices.some((one) => one === value), expected: `one of ${choices.join(", ")}` };
}

function text(fallback: string, longest: number): Setting<string> {
  return {
    fallback,
    accepts: (value) => typeof value === "string" && value.length <= longest,
    expected: `a text of at most ${longest} characters`,
  };
}

function windows(): Setting<string> {
  return {
    fallback: "",
    accepts: (value) => typeof value === "string" && value.length <= 300 && readWindows(value) !== undefined,
    expected: "times of a week such as `Mo-Fr 08:00-11:00,14:00-17:00; Sa 09:00-12:00`",
  };
}

function labels(): Setting<string> {
  return {
    fallback: "",
    accepts: (value) => typeof value === "string" && value.length <= 300 && readLabelPatterns(value) !== undefined,
    expected: "patterns of 13 places such as `21IIIIIWWWWWC 22IIIIVPPPPPC`, each with two digits of its own at the beginning",
  };
}

function stations(): Setting<string> {
  return {
    fallback: "",
    accepts: (value) => typeof value === "string" && value.length <= 500 && readStations(value) !== undefined,
    expected: "stations with the codes of their categories such as `Bar: coffee, tea; Kitchen: breakfast`",
  };
}

function tables(): Setting<string> {
  return {
    fallback: "",
    accepts: (value) => typeof value === "string" && value.length <= 2000 && readTables(value) !== undefined,
    expected: "zones with the names of their tables and seats such as `Inside: 1/2, 2/4; Terrace: T1/4`",
  };
}

function slotRoom(): Setting<string> {
  return {
    fallback: "",
    accepts: (value) => typeof value === "string" && value.length <= 1000 && readSlotRoom(value) !== undefined,
    expected: "stations with their minutes of work such as `Bar: 12 | Kitchen: 8 Mo-Fr 11:00-14:00 | Bar: 6 2026-12-24`",
  };
}

function dayparts(): Setting<string> {
  return {
    fallback: "",
    accepts: (value) => typeof value === "string" && value.length <= 2000 && readDayparts(value) !== undefined,
    expected: "codes of categories with their times such as `breakfast: Mo-Fr 07:00-11:00 | lunch: Mo-Su 11:30-15:00`",
  };
}

function percents(): Setting<string> {
  return {
    fallback: "",
    accepts: (value) => typeof value === "string" && (value === "" || /^(?:[1-9]|[1-9]\d)(?: (?:[1-9]|[1-9]\d)){0,3}$/.test(value)),
    expected: "up to four whole percentages from 1 to 99 such as `5 10 15`",
  };
}

/** The percentages of the setting `tipPercents`; none where it is empty: no tip is taken there [PAY-44]. */
export function tipPercentsOf(setting: string): number[] {
  return setting === "" ? [] : setting.split(" ").map(Number);
}

/** The bounds of a setting that is an amount; undefined where it is none. */
export function amountSetting(key: string): { readonly least: number; readonly most: number } | undefined {
  if (!isSettingKey(key)) return undefined;
  const setting = SETTINGS[key];
  return "most" in setting ? setting : undefined;
}

export type SettingProblem = { readonly key: string; readonly because: "unknown" | "value"; readonly expected: string };

/** What is wrong with a set of changes; `null` as a value takes the own value away, so that it is inherited again. */
export function settingProblems(changes: Readonly<Record<string, unknown>>): SettingProblem[] {
  return Object.entries(changes).flatMap(([key, value]): SettingProblem[] => {
    if (!isSettingKey(key)) return [{ key, because: "unknown", expected: Object.keys(SETTINGS).join(", ") }];
    const { accepts, expected } = SETTINGS[key];
    return value === null || accepts(value) ? [] : [{ key, because: "value", expected }];
  });
}

/** The own settings after a change that has no problems. */
export function withChanges(own: OwnSettings, changes: Readonly<Record<string, unknown>>): OwnSettings {
  return Object.fromEntries(Object.entries({ ...own, ...changes }).filter(([, value]) => value !== null));
}

/** Whoever may set something, nearest first: the place, its group, that group's parent. */
export type SettingSource = {
  readonly kind: "place" | "group";
  readonly id: string;
  readonly name: string;
  readonly settings: OwnSettings;
};

/** Every setting as it holds for a place, each with where it comes from: the nearest source that sets it [PLA-2]. */
export function inheritSettings(sources: readonly SettingSource[]): InheritedSetting[] {
  return settingKeys().map((key) => {
    const source = sources.find(({ settings }) => settings[key] !== undefined);
    const value = source?.settings[key];
    if (!source || value === undefined) return { key, value: SETTINGS[key].fallback, from: "default", fromId: null, fromName: null };
    return { key, value, from: source.kind, fromId: source.id, fromName: source.name };
  });
}

export function settingKeys(): SettingKey[] {
  return Object.keys(SETTINGS).filter(isSettingKey);
}

function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(SETTINGS, key);
}
