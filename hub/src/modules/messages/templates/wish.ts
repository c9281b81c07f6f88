import type { Locale } from "@weft/contracts";
import type { Rendered } from "../domain.ts";
import { renderMail, type Brand } from "./frame.ts";

/** What somebody waited for, as they read of it. */
export type WishNews = {
  readonly kind: "back_in_stock" | "cheaper" | "in_my_store" | "new_on_menu";
  readonly name: string;
  /** Null: no store in particular. */
  readonly placeName: string | null;
  readonly price: string | null;
  /** Until when a unit is held for them, by the clock of the store; null: nothing is held. */
  readonly until: string | null;
  readonly url: string;
};

type Say = (news: WishNews) => string;
type WishWords = {
  readonly subject: Readonly<Record<WishNews["kind"], Say>>;
  readonly once: string;
  readonly held: (until: string) => string;
  readonly look: string;
  readonly take: string;
};

const at = (place: string | null, before: string): string => (place === null ? "" : ` ${before} ${place}`);

const WISH: Readonly<Record<Locale, WishWords>> = {
  en: {
    subject: {
      back_in_stock: ({ name, placeName }) => `${name} is back${at(placeName, "at")}`,
      cheaper: ({ name, price }) => `${name} costs less now: ${price ?? ""}`,
      in_my_store: ({ name, placeName }) => `${name} is sold${at(placeName, "at")} now`,
      new_on_menu: ({ name, placeName }) => `New${at(placeName, "at")}: ${name}`,
    },
    once: "You asked us to tell you. We do so once, and nothing is held for you.",
    held: (until) => `One is held for you until ${until}. Put it into your cart until then, or it goes to the next person who waits.`,
    look: "Look at it",
    take: "Put it into my cart",
  },
  fr: {
    subject: {
      back_in_stock: ({ name, placeName }) => `${name} est de retour${at(placeName, "à")}`,
      cheaper: ({ name, price }) => `${name} coûte moins : ${price ?? ""}`,
      in_my_store: ({ name, placeName }) => `${name} se trouve maintenant${at(placeName, "à")}`,
      new_on_menu: ({ name, placeName }) => `Nouveau${at(placeName, "à")} : ${name}`,
    },
    once: "Vous nous aviez demandé de vous prévenir. Nous le faisons une fois, et rien n’est réservé.",
    held: (until) =>
      `Un exemplaire vous est réservé jusqu’au ${until}. Mettez-le d’ici là dans votre panier, sinon il sera proposé à la personne suivante.`,
    look: "Voir le produit",
    take: "Mettre dans mon panier",
  },
  de: {
    subject: {
      back_in_stock: ({ name, placeName }) => `${name} ist wieder da${at(placeName, "bei")}`,
      cheaper: ({ name, price }) => `${name} kostet jetzt weniger: ${price ?? ""}`,
      in_my_store: ({ name, placeName }) => `${name} gibt es jetzt${at(placeName, "bei")}`,
      new_on_menu: ({ name, placeName }) => `Neu${at(placeName, "bei")}: ${name}`,
    },
    once: "Sie wollten Bescheid wissen. Wir sagen es einmal, und nichts ist für Sie zurückgelegt.",
    held: (until) =>
      `Ein Stück ist bis ${until} für Sie zurückgelegt. Legen Sie es bis dahin in Ihren Warenkorb, sonst bekommt es, wer als Nächstes wartet.`,
    look: "Ansehen",
    take: "In meinen Warenkorb",
  },
  ca: {
    subject: {
      back_in_stock: ({ name, placeName }) => `${name} ha tornat${at(placeName, "a")}`,
      cheaper: ({ name, price }) => `${name} ara costa menys: ${price ?? ""}`,
      in_my_store: ({ name, placeName }) => `${name} ja es ven${at(placeName, "a")}`,
      new_on_menu: ({ name, placeName }) => `Nou${at(placeName, "a")}: ${name}`,
    },
    once: "Ens vas demanar que t’aviséssim. Ho fem una vegada, i no hi ha res reservat.",
    held: (until) => `Te’n guardem un fins al ${until}. Posa’l a la cistella abans, o l’oferirem a la persona següent.`,
    look: "Mira-ho",
    take: "Posa’l a la cistella",
  },
};

/** What somebody asked to be told of came true. */
export function wishMail(brand: Brand, locale: Locale, news: WishNews): Rendered {
  const words = WISH[locale];
  const subject = words.subject[news.kind](news);
  return renderMail(brand, locale, subject, [
    { kind: "text", text: `${subject}.` },
    { kind: "text", text: news.until === null ? words.once : words.held(news.until) },
    { kind: "link", text: news.until === null ? words.look : words.take, url: news.url },
  ]);
}
