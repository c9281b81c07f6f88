import { queryOptions, useQuery } from "@tanstack/react-query";
import type { BodyOf, SavedListView } from "@weft/contracts/client";
import { newKey } from "@weft/ui/api/api.ts";
import { useEffect } from "react";
import { api } from "../api.ts";
import { cartToShare, sendPending } from "../cart/send.ts";
import { useCustomer } from "../customer/session.ts";
import { readKept } from "../kept.ts";
import { dropItems, keepItem, keptSaved, useKeptSaved, type KeptItem } from "./kept-saved.ts";

type Operation = BodyOf<"lists.operate">["operations"][number];

/** What the customer saved on any channel; asked again when they change it on another. */
export const listsQuery = (customerId: string, storeId: string | undefined) =>
  queryOptions({
    queryKey: ["customer", customerId, "lists", storeId ?? ""],
    queryFn: async ({ signal }) => (await api.ask("lists.ofCustomer", { params: { id: "me" }, query: { storeId }, signal })).items,
  });

/** What they wait to be told of, and what they were told. */
export const wishesQuery = (customerId: string, storeId: string | undefined) =>
  queryOptions({
    queryKey: ["customer", customerId, "wishes", storeId ?? ""],
    queryFn: ({ signal }) => api.ask("wishes.ofCustomer", { params: { id: "me" }, query: { storeId }, signal }),
  });

export type Heart = { readonly isSaved: boolean; readonly toggle: () => Promise<void> };

/** Whether something is saved, and the tap that changes it: with the customer's lists, for a visitor in this browser. */
export function useHeart(item: Omit<KeptItem, "id" | "placeId">, storeId: string | undefined): Heart {
  const customer = useCustomer();
  const kept = useKeptSaved();
  const lists = useQuery({ ...listsQuery(customer?.customerId ?? "", storeId), enabled: customer !== null }).data;
  if (!customer) {
    const isSaved = kept.some(({ sku }) => sku === item.sku);
    const toggle = async (): Promise<void> =>
      isSaved ? dropItems(({ sku }) => sku === item.sku) : keepItem({ ...item, ...(storeId !== undefined && { placeId: storeId }) });
    return { isSaved, toggle };
  }
  const holding = (lists ?? []).filter(({ items }) => items.some(({ sku }) => sku === item.sku));
  const toggle = async (): Promise<void> => {
    if (holding.length === 0) {
      const { sku, quantity, options } = item;
      const add: Operation = {
        id: newKey(),
        kind: "add",
        sku,
        quantity,
        options: [...options],
        ...(storeId !== undefined && { placeId: storeId }),
      };
      await api.ask("lists.open", { params: { id: "me" }, body: { operations: [add] } });
    }
    for (const list of holding) {
      const gone = list.items.filter(({ sku }) => sku === item.sku);
      await changeList(list, ...gone.map(({ id }): Operation => ({ id: newKey(), kind: "remove", itemId: id })));
    }
    await askAgain(customer.customerId);
  };
  return { isSaved: holding.length > 0, toggle };
}

export async function changeList({ id }: Pick<SavedListView, "id">, ...operations: Operation[]): Promise<void> {
  await api.ask("lists.operate", { params: { id }, body: { operations } });
}

export const askAgain = (customerId: string): Promise<void> =>
  api.queries.invalidateQueries({ queryKey: ["customer", customerId, "lists"] });

/** Moves items into the cart, which is opened if there is none. Answers how many the cart did not take. */
export async function moveToCart(customerId: string, { id }: Pick<SavedListView, "id">, itemIds: readonly string[]): Promise<number> {
  await sendPending();
  const cartId = await cartToShare();
  const { refused } = await api.ask("lists.toCart", { params: { id }, body: { cartId, itemIds: [...itemIds] } });
  await Promise.all([askAgain(customerId), api.queries.invalidateQueries({ queryKey: ["cart", cartId] })]);
  return refused.length;
}

/** Puts what is held for a wish into the cart, which is opened if there is none. */
export async function takeHeld(customerId: string, wishId: string): Promise<void> {
  await sendPending();
  const cartId = await cartToShare();
  await api.ask("wishes.take", { params: { id: wishId }, body: { cartId } });
  await Promise.all([askWishes(customerId), api.queries.invalidateQueries({ queryKey: ["cart", cartId] })]);
}

/** The wishes are asked for anew. */
export const askWishes = (customerId: string): Promise<void> =>
  api.queries.invalidateQueries({ queryKey: ["customer", customerId, "wishes"] });

/** Moves a line of the cart into what is saved. */
export async function saveLine(customerId: string, cartId: string, lineId: string): Promise<void> {
  await sendPending();
  const { list } = await api.ask("lists.open", { params: { id: "me" }, body: {} });
  await api.ask("lists.fromCart", { params: { id: list.id }, body: { id: newKey(), cartId, lineId } });
  await Promise.all([askAgain(customerId), api.queries.invalidateQueries({ queryKey: ["cart", cartId] })]);
}

/** Brings what a visitor saved in this browser along, once they have signed in: sent twice it is saved once. Once, in the frame. */
export function useSavedKeeping(): void {
  const customerId = useCustomer()?.customerId;
  useEffect(() => {
    if (customerId === undefined) return;
    const waiting = keptSaved();
    if (waiting.length === 0) return;
    const operations = waiting.map(({ id, sku, quantity, options, placeId }): Operation => ({
      id,
      kind: "add",
      sku,
      quantity,
      options: [...options],
      ...(placeId !== undefined && { placeId }),
    }));
    const ids = new Set(waiting.map(({ id }) => id));
    void api.call("lists.open", { params: { id: "me" }, body: { operations } }).then((answer) => {
      // What could not be sent stays kept, and is brought along with the next opening of the shop.
      if (!answer.ok) return;
      dropItems(({ id }) => ids.has(id));
      void askAgain(customerId);
    });
  }, [customerId]);
}

/** News that were not looked at yet; none for a visitor. */
export function useUnseen(): number {
  const customer = useCustomer();
  return useQuery({ ...wishesQuery(customer?.customerId ?? "", readKept("storeId")), enabled: customer !== null }).data?.unseen ?? 0;
}
