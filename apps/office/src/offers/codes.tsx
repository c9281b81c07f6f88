import { Button, TextInput } from "@mantine/core";
import type { CartView } from "@weft/contracts/client";
import { useState } from "react";
import form from "../common/form.module.css";
import { t } from "../t.ts";
import { useChangeCart } from "./queries.ts";

/** Discount codes of the cart, with whether they count. */
export function CartCodes({ cart, mayChange }: { readonly cart: CartView; readonly mayChange: boolean }) {
  const change = useChangeCart(cart);
  const [code, setCode] = useState("");
  return (
    <>
      <ul className={form.rows}>
        {cart.codes.map((held) => (
          <li key={held.code}>
            <span className={form.grow}>
              {t(held.applied ? "office.offer.code_applied" : "office.offer.code_refused", { code: held.code })}
            </span>
            {mayChange ? (
              <Button size="xs" variant="default" onClick={() => change.mutate({ kind: "removeCode", code: held.code })}>
                {t("office.offer.remove_code", { code: held.code })}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {mayChange ? (
        <form
          className={form.row}
          onSubmit={(event) => {
            event.preventDefault();
            change.mutate({ kind: "applyCode", code: code.trim() });
            setCode("");
          }}
        >
          <TextInput
            maw="14rem"
            label={t("office.offer.code")}
            value={code}
            maxLength={40}
            required
            onChange={({ currentTarget }) => setCode(currentTarget.value)}
          />
          <Button type="submit" size="xs" variant="default" loading={change.isPending}>
            {t("office.offer.apply_code")}
          </Button>
        </form>
      ) : null}
    </>
  );
}
