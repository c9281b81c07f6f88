import { t } from "../t.ts";
import me from "../me/me.module.css";
import { MessagesTable } from "./messages-table.tsx";
import type { Agreed, TermsChoice, Wishes } from "./terms.ts";
import { WishesForm } from "./wishes.tsx";

type AgreedPartsProps = {
  readonly agreed: Agreed;
  readonly isBusy: boolean;
  readonly onChoose: (choices: readonly TermsChoice[]) => void;
  readonly onWish: (wishes: Wishes) => void;
};

/** Both halves of one's terms: what may be sent, and how one wants to be reached. */
export function AgreedParts({ agreed, isBusy, onChoose, onWish }: AgreedPartsProps) {
  return (
    <>
      <section className={me.part} aria-labelledby="terms-messages">
        <h2 id="terms-messages">{t("shop.terms.messages")}</h2>
        <p className={me.quiet}>{t("shop.terms.messages_text")}</p>
        <MessagesTable cells={agreed.cells} isBusy={isBusy} onChoose={onChoose} />
      </section>
      <section className={me.part} aria-labelledby="terms-wishes">
        <h2 id="terms-wishes">{t("shop.terms.wishes")}</h2>
        <WishesForm preferences={agreed.preferences} onWish={onWish} />
      </section>
    </>
  );
}
