import type { Locale } from "@weft/contracts";
import type { Rendered } from "../domain.ts";
import { renderMail, type Brand } from "./frame.ts";

/** What became of a booking, as its customer reads of it. */
export type BookingNews = {
  readonly what: "booked" | "moved" | "canceled" | "near";
  readonly service: string;
  /** By the clock of the store. */
  readonly when: string;
  readonly place: string;
  /** First name of who gives it. */
  readonly adviser: string;
  readonly url: string;
};

type Say = (news: BookingNews) => string;
type BookingWords = {
  readonly subject: Readonly<Record<BookingNews["what"], Say>>;
  readonly where: Say;
  readonly canceled: string;
  readonly change: string;
  readonly look: string;
};

const BOOKING: Readonly<Record<Locale, BookingWords>> = {
  en: {
    subject: {
      booked: ({ service }) => `Booked: ${service}`,
      moved: ({ service }) => `New time: ${service}`,
      canceled: ({ service }) => `Canceled: ${service}`,
      near: ({ service }) => `A reminder: ${service}`,
    },
    where: ({ when, place, adviser }) => `${when}, at ${place}, with ${adviser}.`,
    canceled: "This appointment will not take place. You are welcome to book another time.",
    change: "If you cannot come, please move or cancel it, so that somebody else can have the time.",
    look: "My appointments",
  },
  fr: {
    subject: {
      booked: ({ service }) => `Réservé : ${service}`,
      moved: ({ service }) => `Nouvel horaire : ${service}`,
      canceled: ({ service }) => `Annulé : ${service}`,
      near: ({ service }) => `Rappel : ${service}`,
    },
    where: ({ when, place, adviser }) => `${when}, chez ${place}, avec ${adviser}.`,
    canceled: "Ce rendez-vous n’aura pas lieu. Vous pouvez en réserver un autre quand vous le souhaitez.",
    change: "Si vous ne pouvez pas venir, déplacez-le ou annulez-le : quelqu’un d’autre profitera de l’horaire.",
    look: "Mes rendez-vous",
  },
  de: {
    subject: {
      booked: ({ service }) => `Gebucht: ${service}`,
      moved: ({ service }) => `Neue Zeit: ${service}`,
      canceled: ({ service }) => `Abgesagt: ${service}`,
      near: ({ service }) => `Zur Erinnerung: ${service}`,
    },
    where: ({ when, place, adviser }) => `${when}, ${place}, bei ${adviser}.`,
    canceled: "Dieser Termin findet nicht statt. Sie können gern einen anderen buchen.",
    change: "Wenn Sie nicht kommen können, verschieben Sie ihn bitte oder sagen Sie ab. Dann bekommt jemand anderes die Zeit.",
    look: "Meine Termine",
  },
  ca: {
    subject: {
      booked: ({ service }) => `Reservat: ${service}`,
      moved: ({ service }) => `Nova hora: ${service}`,
      canceled: ({ service }) => `Cancel·lat: ${service}`,
      near: ({ service }) => `Recordatori: ${service}`,
    },
    where: ({ when, place, adviser }) => `${when}, a ${place}, amb ${adviser}.`,
    canceled: "Aquesta cita no es farà. Pots reservar-ne una altra quan vulguis.",
    change: "Si no pots venir, canvia-la o cancel·la-la i una altra persona podrà aprofitar l’hora.",
    look: "Les meves cites",
  },
};

/** A service was booked, moved or canceled, or begins soon. */
export function bookingMail(brand: Brand, locale: Locale, news: BookingNews): Rendered {
  const words = BOOKING[locale];
  return renderMail(brand, locale, words.subject[news.what](news), [
    { kind: "text", text: words.where(news) },
    { kind: "text", text: news.what === "canceled" ? words.canceled : words.change },
    { kind: "link", text: words.look, url: news.url },
  ]);
}
