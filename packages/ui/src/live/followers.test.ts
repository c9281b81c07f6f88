import { expect, it } from "vitest";
import { followers } from "./followers.ts";

const cart = { subject: "cart/1", token: "secret" };
const order = { subject: "order/2" };

it("[LVC-2] a subject is added with its first tab and removed with its last", () => {
  const book = followers();
  expect(book.want("left", [cart])).toEqual({ add: [cart], remove: [] });
  expect(book.want("right", [cart, order])).toEqual({ add: [order], remove: [] });
  expect(book.drop("left")).toEqual({ add: [], remove: [] });
  expect(book.want("right", [order])).toEqual({ add: [], remove: ["cart/1"] });
  expect(book.drop("right")).toEqual({ add: [], remove: ["order/2"] });
});

it("[LVC-2] a tab that says its wants again changes nothing, and all wants are known with their tokens", () => {
  const book = followers();
  book.want("left", [cart]);
  expect(book.want("left", [cart])).toEqual({ add: [], remove: [] });
  expect(book.all()).toEqual([cart]);
  expect(book.drop("never seen")).toEqual({ add: [], remove: [] });
});

it("[LVC-2] the token that one tab has opens the subject for all of them", () => {
  const book = followers();
  book.want("left", [cart]);
  book.want("right", [{ subject: cart.subject }]);
  expect(book.all()).toEqual([cart]);
});
