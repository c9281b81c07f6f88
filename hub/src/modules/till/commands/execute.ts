import { ok, type CodedError, type Result } from "@weft/kernel";
import { keepGiftReceipt } from "../gift-receipt/keep.ts";
import { noteBill } from "./bills.ts";
import type { CommandContext, Done } from "./context.ts";
import { noteDuplicate } from "./duplicates.ts";
import { giveDepositsBack } from "./empties.ts";
import { exchangeHere } from "./exchanges.ts";
import { notePrices } from "./prices-given.ts";
import { recordExchange } from "./record-exchange.ts";
import { recordSale } from "./record-sale.ts";
import { takeReturnHere } from "./returns.ts";
import { abandonSale, completeSaleHere, handOverCollection } from "./sales.ts";
import { noteRestored } from "./storage.ts";
import { takeUnprovenHere } from "./unproven-returns.ts";
import { closeShift, moveCash, openDrawer, openShift } from "./shifts.ts";

/** Does what a command says. One row per kind; a kind without a row does not compile. */
export function execute(act: CommandContext): Promise<Result<Done, CodedError>> {
  const { command } = act;
  switch (command.kind) {
    case "shift.open":
      return openShift({ ...act, command });
    case "shift.close":
      return closeShift({ ...act, command });
    case "cash.move":
      return moveCash({ ...act, command });
    case "drawer.open":
      return openDrawer({ ...act, command });
    case "storage.restored":
      return noteRestored({ ...act, command });
    case "price.give":
      return notePrices({ ...act, command });
    case "receipt.duplicate":
      return noteDuplicate({ ...act, command });
    case "receipt.gift":
      return keepGiftReceipt({ ...act, command });
    case "bill.print":
      return noteBill({ ...act, command });
    case "sale.complete":
      return completeSaleHere({ ...act, command });
    case "sale.record":
      return recordSale({ ...act, command });
    case "sale.abandon":
      return abandonSale({ ...act, command });
    case "collection.hand_over":
      return handOverCollection({ ...act, command });
    case "journal.write":
      // Its entries are taken like those of any command, after this.
      return Promise.resolve(ok({}));
    case "deposit.give_back":
      return giveDepositsBack({ ...act, command });
    case "exchange.take":
      return exchangeHere({ ...act, command });
    case "exchange.record":
      return recordExchange({ ...act, command });
    case "return.take":
      return takeReturnHere({ ...act, command });
    case "return.take_unproven":
      return takeUnprovenHere({ ...act, command });
  }
}
