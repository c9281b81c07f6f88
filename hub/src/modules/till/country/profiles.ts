/** `port`: there is a place for somebody else's part, and a sandbox of it; `missing`: it is not there. */
export type NeedState = "built" | "port" | "missing";
export type CountryProfile = {
  readonly country: "FR" | "DE" | "ES";
  readonly law: string;
  readonly needs: readonly { readonly what: string; readonly state: NeedState }[];
};

/** What the law of a country asks of a till, and what of it is built: told in the compliance pack, as it is. */
export const COUNTRY_PROFILES: readonly CountryProfile[] = [
  {
    country: "FR",
    law: "CGI art. 286, I, 3° bis; BOI-TVA-DECLA-30-10-30; loi AGEC art. 49",
    needs: [
      { what: "ticket with number, date to the second, register, lines, net per VAT rate, total", state: "built" },
      { what: "append-only journal, signed on the register, chained, corrections by plus and minus", state: "built" },
      { what: "closings of day, month and year with perpetual totals", state: "built" },
      { what: "training apart (MODE ECOLE), copies counted (DUPLICATA)", state: "built" },
      { what: "archives of a year at most, open format, signed, with a verifier", state: "built" },
      { what: "attestation: a draft for the publisher to complete and sign", state: "built" },
      { what: "bill before payment (DOCUMENT PROVISOIRE) on a chain of its own, without taxes and payment, counted", state: "built" },
    ],
  },
  {
    country: "DE",
    law: "§ 146a AO; KassenSichV; DSFinV-K 2.3",
    needs: [
      { what: "DSFinV-K export with single recordings, master data and closings", state: "built" },
      {
        what: "technical security device: transactions and process data of Kassenbeleg-V1; a certified device is always a third party's",
        state: "port",
      },
      { what: "a ticket that the device could not sign is recorded with the error", state: "built" },
      { what: "data of the device and its QR code on the receipt: screen, paper, e-receipt and PDF", state: "built" },
      { what: "Bestellung-V1 for orders before payment", state: "missing" },
    ],
  },
  {
    country: "ES",
    law: "RD 1007/2023 (Veri*Factu): companies from 1 January 2027",
    needs: [
      { what: "signed and chained journal, archives", state: "built" },
      { what: "registration records of Veri*Factu with their own chain of hashes and the sending to the AEAT", state: "missing" },
      { what: "QR code of the AEAT on the invoice", state: "missing" },
    ],
  },
];
