import { useMutation } from "@tanstack/react-query";
import type { CartOperation } from "@weft/contracts/client";
import { newId } from "@weft/kernel";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api, tokenHeader } from "../api.ts";
import { t } from "../t.ts";

type Change = CartOperation extends infer One ? (One extends { readonly id: string } ? Omit<One, "id"> : never) : never;

/** Changes an offered cart as far as its link may; a refusal is said where the reader is. */
export function useOperate(cartId: string, token: string) {
  return useMutation({
    mutationFn: (change: Change) => {
      const operations = [{ ...change, id: newId() } as CartOperation]; // a change with the id that every operation has
      return api.ask("carts.operate", { params: { id: cartId }, body: { operations }, headers: tokenHeader(token) });
    },
    onSuccess: ({ cart, results: [result] }) => {
      api.queries.setQueryData(["cart", cartId], cart);
      if (result?.outcome === "refused") showToast(t("shop.offer.not_changed"));
    },
    onError: (error) => showToast(problemText(error)),
  });
}
