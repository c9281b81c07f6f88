import { expect, it } from "vitest";
import { guessColumns, headerOf } from "./columns.ts";

it("[PAY-41] guesses which column of a provider's file is what, by its header and whatever parts it", () => {
  const header = headerOf(
    '\uFEFF"balance_transaction_id";"created";"reporting_category";"gross";"fee";"currency";"payment_intent_id"\n1;2;3;4;5;6;7\n',
  );
  expect(guessColumns(header)).toEqual({
    reference: "payment_intent_id",
    amount: "gross",
    date: "created",
    kind: "reporting_category",
    fee: "fee",
    currency: "currency",
  });
  expect(guessColumns(headerOf("a,b\n"))).toEqual({});
});
