import { z } from "zod";
import { Instant, LocalDate, Money, Uuid } from "./shared.ts";

export const Register = z
  .object({
    id: Uuid,
    placeId: Uuid,
    placeName: z.string(),
    name: z.string(),
    training: z.boolean(),
    /** Training that leaves nothing but its paper; that of the tour sells on a stage of its own. */
    practices: z.boolean(),
    channelId: Uuid,
    /** Whose law its deposits follow. */
    country: z.string(),
    /** Cash is rounded to the nearest of so many minor units; 0: to the cent. */
    cashRounding: z.int(),
    /** Tips that are suggested at payment, in percent of what is paid; empty where no tip is taken. */
    tipPercents: z.array(z.int()),
    /** What it takes of one gift card, or in points of one member, while the hub cannot be reached, in minor units; 0: nothing. */
    valueMostAlone: z.int(),
    /** How labels of scales are read at its place: 13 places each, `I` goods, `P` price, `W` grams, `V` and `C` check digits. */
    labelPatterns: z.array(z.string()),
    /** Whether its place takes goods back without any proof. */
    takesUnproven: z.boolean(),
    /** Whether receipts are printed by themselves, or when somebody asks for one. */
    receiptPaper: z.enum(["asked", "always"]),
    /** Whether its place has tables at which guests are served. */
    hasTables: z.boolean(),
    lastSeq: z.int(),
    lastSeenAt: Instant.nullable(),
  })
  .meta({ id: "Register" });

export const Shift = z
  .object({
    id: Uuid,
    registerId: Uuid,
    registerName: z.string(),
    placeId: Uuid,
    businessDate: LocalDate,
    openedAt: Instant,
    openedBy: z.string(),
    closedAt: Instant.nullable(),
    float: Money,
    /** Float + cash sales - cash given back + cash in - cash out - deposits given back + tips in cash, as cash was rounded. Told only after the count, so that it is blind. */
    expectedCash: Money.nullable(),
    countedCash: Money.nullable(),
    difference: Money.nullable(),
    sales: z.object({ count: z.int(), total: Money, cash: Money, card: Money }),
    /** What was given back for goods that came back, as positive amounts; it is not taken off `sales`. */
    returns: z.object({ count: z.int(), total: Money, cash: Money, card: Money }),
    /** What the rounding of cash brought; below zero: what it cost. */
    rounding: Money,
    /** What customers gave the staff on top, which is no sale: in all, in cash, and by who stood at the till (null: nobody was signed in, or they are gone). */
    tips: z.object({ total: Money, cash: Money, byStaff: z.array(z.object({ name: z.string().nullable(), total: Money })) }),
    /** Deposits that were given back for empties alone, as a positive amount. */
    empties: z.object({ count: z.int(), total: Money }),
    customersOpenedWithoutSale: z.int(),
    /**
     * The cash box, and every register that works or worked on it in the same shift of it, in the order in which they began. Float, expected and
     * counted cash are of the drawer: where several share one, they are told of the shift whose register counted last, once all have closed.
     */
    drawer: z.object({
      id: Uuid,
      name: z.string(),
      registers: z.array(
        z.object({
          shiftId: Uuid,
          registerName: z.string(),
          openedAt: Instant,
          closedAt: Instant.nullable(),
          isCounted: z.boolean(),
          total: Money,
        }),
      ),
    }),
  })
  .meta({ id: "Shift" });

/** A device that a till uses, one of each kind. `problem` says why it does not work; null: it does, as far as its till knows. */
export const ReportedEquipment = z.object({
  kind: z.enum(["printer", "scale", "terminal", "scanner", "bridge", "display"]),
  name: z.string().trim().min(1).max(80),
  way: z.enum(["usb", "serial", "bridge", "network", "window"]),
  problem: z
    .enum([
      "unreachable",
      "busy",
      "refused",
      "paper_out",
      "cover_open",
      "broken",
      "bridge_unreachable",
      "bridge_unpaired",
      "no_printer",
      "not_there",
      "unplugged",
    ])
    .nullable(),
});

/** A page that the office asked a till to print. `problem` says why it was not; it is asked no more after ten minutes. */
export const TestPrint = z
  .object({
    id: Uuid,
    askedAt: Instant,
    state: z.enum(["asked", "printed", "failed", "unanswered"]),
    problem: ReportedEquipment.shape.problem,
    endedAt: Instant.nullable(),
  })
  .meta({ id: "TestPrint" });

export const Equipment = z
  .object({
    registerId: Uuid,
    registerName: z.string(),
    placeId: Uuid,
    ...ReportedEquipment.shape,
    /** When it began to work, or not to. */
    since: Instant,
    reportedAt: Instant,
    /** Of a printer: the last page that the office asked for; null: none. */
    test: TestPrint.nullable(),
  })
  .meta({ id: "Equipment" });

/** The drawer that a till works on, and the other registers of it: when each began, null where it is closed. */
export const TillDrawer = z
  .object({
    id: Uuid,
    name: z.string(),
    others: z.array(z.object({ registerName: z.string(), openedAt: Instant.nullable() })),
  })
  .meta({ id: "TillDrawer" });

/** A cash box of a place with the registers that work on it. */
export const Drawer = z
  .object({
    id: Uuid,
    name: z.string(),
    placeId: Uuid,
    placeName: z.string(),
    registers: z.array(z.object({ id: Uuid, name: z.string(), isOpen: z.boolean() })),
  })
  .meta({ id: "Drawer" });
