import { useMutation } from "@tanstack/react-query";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { changeBasket } from "../cart/basket.ts";
import { navigate } from "../router/router.tsx";
import type { ScreenProps } from "../router/route.ts";
import { pathTo } from "../routes.ts";
import { Narrow } from "../shared/narrow.tsx";
import { t } from "../t.ts";

/** What the QR of a hand-over opens. */
export function HandoverScreen({ params: { code } }: ScreenProps<"/handover/:code">) {
  return <TakeUpCart key={code} offered={code} />;
}

/** The code is typed in. */
export function EnterHandoverScreen() {
  return <TakeUpCart offered="" />;
}

/** Takes up a cart by its code. It is used by a tap and not by opening the page: a link preview would use it up. */
function TakeUpCart({ offered }: { readonly offered: string }) {
  const [code, setCode] = useState(offered);
  const claim = useMutation({
    mutationFn: (wanted: string) => api.ask("carts.claimHandover", { params: { code: wanted } }),
    onSuccess: ({ cart, token }) => {
      api.queries.setQueryData(["cart", cart.id], cart);
      changeBasket({ cart: { id: cart.id, token }, isClaimed: true, pending: [], opening: null, isGone: false });
      navigate(pathTo("cart"), { replace: true });
    },
  });
  return (
    <Narrow title={t("shop.claim_cart.title")} intro={t("shop.claim_cart.text")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          claim.mutate(code.replaceAll(/\s/g, ""));
        }}
      >
        <Field
          label={t("shop.claim_cart.code")}
          value={code}
          onChange={({ target }) => setCode(target.value)}
          autoComplete="off"
          autoCapitalize="characters"
          maxLength={40}
          minLength={4}
          required
        />
        {claim.error ? <ProblemNote error={claim.error} kept={t("shop.claim_cart.kept")} /> : null}
        <Button type="submit" kind="primary" wide busy={claim.isPending}>
          {t("shop.claim_cart.take_up")}
        </Button>
      </form>
    </Narrow>
  );
}
