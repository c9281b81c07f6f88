import { useMutation } from "@tanstack/react-query";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { useCustomer } from "../customer/session.ts";
import me from "../me/me.module.css";
import { Narrow } from "../shared/narrow.tsx";
import { t } from "../t.ts";
import { useMeasureChoice } from "./choice.ts";
import { setMeasuring, tellAccount } from "./measure.ts";

/** What the shop keeps in this browser, and the one choice there is: yes and no are equally near, and can be changed at any time. */
export function CookiesScreen() {
  const choice = useMeasureChoice();
  const customer = useCustomer();
  const choose = useMutation({
    mutationFn: async (isAllowed: boolean) => {
      await setMeasuring(isAllowed);
      if (customer) await tellAccount(customer.customerId, isAllowed);
    },
  });
  return (
    <Narrow title={t("shop.cookies.title")} intro={t("shop.cookies.intro")}>
      <section className={me.part} aria-labelledby="cookies-needed">
        <h2 id="cookies-needed">{t("shop.cookies.needed")}</h2>
        <p>{t("shop.cookies.needed_text")}</p>
      </section>
      <section className={me.part} aria-labelledby="cookies-measuring">
        <h2 id="cookies-measuring">{t("shop.cookies.measuring")}</h2>
        <p>{t("shop.cookies.measuring_text")}</p>
        <p role="status">{t(`shop.cookies.now.${choice ?? "open"}`)}</p>
        {choose.error ? <ProblemNote error={choose.error} /> : null}
        <div className={me.actions}>
          <Button busy={choose.isPending} aria-pressed={choice === "no"} onClick={() => choose.mutate(false)}>
            {t("shop.cookies.refuse")}
          </Button>
          <Button busy={choose.isPending} aria-pressed={choice === "yes"} onClick={() => choose.mutate(true)}>
            {t("shop.cookies.allow")}
          </Button>
        </div>
      </section>
    </Narrow>
  );
}
