import type { Locale } from "@weft/contracts";

type Words = {
  readonly card: string;
  readonly points: string;
  readonly member: string;
  readonly tier: string;
  readonly number: string;
  readonly asOf: string;
  readonly changed: string;
  readonly use: string;
};

/** The words of a pass. `%@` is where the phone puts the new value. */
export const WALLET_WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    card: "Member card",
    points: "Points",
    member: "Member",
    tier: "Tier",
    number: "Card number",
    asOf: "As of",
    changed: "You have %@ points now",
    use: "Show this code when you pay: it finds you and collects points. Points are spent in the app or with the staff.",
  },
  fr: {
    card: "Carte de fidélité",
    points: "Points",
    member: "Membre",
    tier: "Niveau",
    number: "Numéro de carte",
    asOf: "Situation au",
    changed: "Vous avez maintenant %@ points",
    use: "Présentez ce code au moment de payer : il vous identifie et cumule vos points. Les points s’utilisent dans l’application ou auprès de l’équipe.",
  },
  de: {
    card: "Kundenkarte",
    points: "Punkte",
    member: "Mitglied",
    tier: "Stufe",
    number: "Kartennummer",
    asOf: "Stand",
    changed: "Sie haben jetzt %@ Punkte",
    use: "Zeigen Sie diesen Code beim Bezahlen: Er erkennt Sie und sammelt Punkte. Eingelöst werden Punkte in der App oder beim Personal.",
  },
  ca: {
    card: "Targeta de client",
    points: "Punts",
    member: "Membre",
    tier: "Nivell",
    number: "Número de targeta",
    asOf: "Situació a",
    changed: "Ara teniu %@ punts",
    use: "Mostreu aquest codi quan pagueu: us identifica i acumula punts. Els punts es fan servir a l’aplicació o amb el personal.",
  },
};
