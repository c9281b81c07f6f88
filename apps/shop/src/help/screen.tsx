import { useMutation } from "@tanstack/react-query";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { minutesUntil } from "../cart/minutes.ts";
import { cartToShare } from "../cart/send.ts";
import { Link, useAddress } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { Narrow } from "../shared/narrow.tsx";
import { t } from "../t.ts";
import { useNow } from "../use-now.ts";
import styles from "../cart/handover.module.css";
import parts from "../me/me.module.css";

/** Somebody else looks on or helps: an agent on the phone, a screen in the room. Both are seen in the cart and ended there. */
export function HelpScreen() {
  return (
    <Narrow title={t("shop.help.title")} intro={t("shop.help.intro")}>
      <CallCode />
      <OnScreen />
      <Link to={pathTo("cart")}>{t("shop.help.to_cart")}</Link>
    </Narrow>
  );
}

function CallCode() {
  const now = useNow();
  const offer = useMutation({ mutationFn: async () => api.ask("carts.offerCall", { params: { id: await cartToShare() } }) });
  const minutes = offer.data ? minutesUntil(offer.data.expiresAt, now) : 0;
  return (
    <section className={parts.part} aria-labelledby="call-title">
      <h2 id="call-title">{t("shop.help.call")}</h2>
      <p>{t("shop.help.call_text")}</p>
      {offer.data && minutes > 0 ? (
        <>
          <output className={styles.code}>{offer.data.code}</output>
          <p>{t("shop.handover.valid", { minutes })}</p>
        </>
      ) : null}
      {offer.error ? <ProblemNote error={offer.error} /> : null}
      <Button kind={offer.data ? "secondary" : "primary"} wide busy={offer.isPending} onClick={() => offer.mutate()}>
        {t(offer.data ? "shop.help.call_again" : "shop.help.call_show")}
      </Button>
    </section>
  );
}

function OnScreen() {
  const { search } = useAddress();
  const [code, setCode] = useState(search.get("screen") ?? "");
  const pair = useMutation({
    mutationFn: async () => api.ask("screens.pair", { params: { code: code.trim() }, body: { cartId: await cartToShare() } }),
    onSuccess: (cart) => {
      api.queries.setQueryData(["cart", cart.id], cart);
      setCode("");
    },
  });
  return (
    <section className={parts.part} aria-labelledby="screen-part-title">
      <h2 id="screen-part-title">{t("shop.help.screen")}</h2>
      <p>{t("shop.help.screen_text", { address: `${location.host}/tv` })}</p>
      <form
        className={parts.contacts}
        onSubmit={(event) => {
          event.preventDefault();
          pair.mutate();
        }}
      >
        <Field
          label={t("shop.help.screen_code")}
          value={code}
          onChange={({ target }) => setCode(target.value)}
          autoComplete="off"
          autoCapitalize="characters"
          minLength={4}
          maxLength={12}
          required
        />
        {pair.error ? <ProblemNote error={pair.error} /> : null}
        {pair.data ? <p role="status">{t("shop.help.screen_shown")}</p> : null}
        <Button type="submit" wide busy={pair.isPending}>
          {t("shop.help.screen_show")}
        </Button>
      </form>
    </section>
  );
}
