/** A column of a file: text with its greatest length, or a number with its decimals. */
export type DsfinvkColumn = { readonly name: string; readonly length?: number; readonly decimals?: number };
export type DsfinvkTable = { readonly file: string; readonly module: string; readonly columns: readonly DsfinvkColumn[] };

const text = (name: string, length: number): DsfinvkColumn => ({ name, length });
const number = (name: string, decimals = 0): DsfinvkColumn => ({ name, decimals });

/** Every file begins with the closing that it belongs to. */
const CLOSING = [text("Z_KASSE_ID", 50), text("Z_ERSTELLUNG", 30), number("Z_NR")];
const VOUCHER = [...CLOSING, text("BON_ID", 40)];
const LINE = [...VOUCHER, text("POS_ZEILE", 50)];
const TAX = (prefix: string) => [number(`${prefix}_BRUTTO`, 5), number(`${prefix}_NETTO`, 5), number(`${prefix}_UST`, 5)];

/**
 * The twenty files of DSFinV-K 2.3 with their fields, in the order of its index.xml. Taken from the field lists that stand in public:
 * pretix/python-dsfinvk and its 2.3 form in stustapay/stustapay (`models.py`), held against fiskaltrust/interface-doc ("DSFinV-K export").
 * Where these differ (`TSE_VORGANGSDATEN`, two fields for the certificate) it follows the index.xml that the Bundeszentralamt für Steuern
 * gives out with the standard.
 */
export const DSFINVK_TABLES = [
  {
    file: "cashpointclosing.csv",
    module: "Stamm_Abschluss",
    columns: [
      ...CLOSING,
      text("Z_BUCHUNGSTAG", 25),
      text("TAXONOMIE_VERSION", 10),
      text("Z_START_ID", 40),
      text("Z_ENDE_ID", 40),
      text("NAME", 60),
      text("STRASSE", 60),
      text("PLZ", 10),
      text("ORT", 62),
      text("LAND", 3),
      text("STNR", 20),
      text("USTID", 15),
      number("Z_SE_ZAHLUNGEN", 2),
      number("Z_SE_BARZAHLUNGEN", 2),
    ],
  },
  {
    file: "location.csv",
    module: "Stamm_Orte",
    columns: [
      ...CLOSING,
      text("LOC_NAME", 60),
      text("LOC_STRASSE", 60),
      text("LOC_PLZ", 10),
      text("LOC_ORT", 62),
      text("LOC_LAND", 3),
      text("LOC_USTID", 15),
    ],
  },
  {
    file: "cashregister.csv",
    module: "Stamm_Kassen",
    columns: [
      ...CLOSING,
      text("KASSE_BRAND", 50),
      text("KASSE_MODELL", 50),
      text("KASSE_SERIENNR", 70),
      text("KASSE_SW_BRAND", 50),
      text("KASSE_SW_VERSION", 50),
      text("KASSE_BASISWAEH_CODE", 3),
      text("KEINE_UST_ZUORDNUNG", 1),
    ],
  },
  {
    file: "slaves.csv",
    module: "Stamm_Terminals",
    columns: [
      ...CLOSING,
      text("TERMINAL_ID", 50),
      text("TERMINAL_BRAND", 50),
      text("TERMINAL_MODELL", 50),
      text("TERMINAL_SERIENNR", 70),
      text("TERMINAL_SW_BRAND", 50),
      text("TERMINAL_SW_VERSION", 50),
    ],
  },
  {
    file: "pa.csv",
    module: "Stamm_Agenturen",
    columns: [
      ...CLOSING,
      number("AGENTUR_ID"),
      text("AGENTUR_NAME", 60),
      text("AGENTUR_STRASSE", 60),
      text("AGENTUR_PLZ", 10),
      text("AGENTUR_ORT", 62),
      text("AGENTUR_LAND", 3),
      text("AGENTUR_STNR", 20),
      text("AGENTUR_USTID", 15),
    ],
  },
  {
    file: "vat.csv",
    module: "Stamm_USt",
    columns: [...CLOSING, number("UST_SCHLUESSEL"), number("UST_SATZ", 2), text("UST_BESCHR", 55)],
  },
  {
    file: "tse.csv",
    module: "Stamm_TSE",
    columns: [
      ...CLOSING,
      number("TSE_ID"),
      text("TSE_SERIAL", 68),
      text("TSE_SIG_ALGO", 21),
      text("TSE_ZEITFORMAT", 31),
      text("TSE_PD_ENCODING", 5),
      text("TSE_PUBLIC_KEY", 512),
      text("TSE_ZERTIFIKAT_I", 1000),
      text("TSE_ZERTIFIKAT_II", 1000),
    ],
  },
  {
    file: "businesscases.csv",
    module: "Z_GV_Typ",
    columns: [
      ...CLOSING,
      text("GV_TYP", 30),
      text("GV_NAME", 40),
      number("AGENTUR_ID"),
      number("UST_SCHLUESSEL"),
      number("Z_UMS_BRUTTO", 5),
      number("Z_UMS_NETTO", 5),
      number("Z_UST", 5),
    ],
  },
  {
    file: "payment.csv",
    module: "Z_Zahlart",
    columns: [...CLOSING, text("ZAHLART_TYP", 25), text("ZAHLART_NAME", 60), number("Z_ZAHLART_BETRAG", 2)],
  },
  {
    file: "cash_per_currency.csv",
    module: "Z_Waehrungen",
    columns: [...CLOSING, text("ZAHLART_WAEH", 3), number("ZAHLART_BETRAG_WAEH", 2)],
  },
  {
    file: "transactions.csv",
    module: "Bonkopf",
    columns: [
      ...VOUCHER,
      number("BON_NR"),
      text("BON_TYP", 30),
      text("BON_NAME", 60),
      text("TERMINAL_ID", 50),
      text("BON_STORNO", 1),
      text("BON_START", 30),
      text("BON_ENDE", 30),
      text("BEDIENER_ID", 50),
      text("BEDIENER_NAME", 50),
      number("UMS_BRUTTO", 2),
      text("KUNDE_NAME", 50),
      text("KUNDE_ID", 50),
      text("KUNDE_TYP", 50),
      text("KUNDE_STRASSE", 60),
      text("KUNDE_PLZ", 10),
      text("KUNDE_ORT", 62),
      text("KUNDE_LAND", 3),
      text("KUNDE_USTID", 15),
      text("BON_NOTIZ", 255),
    ],
  },
  { file: "transactions_vat.csv", module: "Bonkopf_USt", columns: [...VOUCHER, number("UST_SCHLUESSEL"), ...TAX("BON")] },
  { file: "allocation_groups.csv", module: "Bonkopf_AbrKreis", columns: [...VOUCHER, text("ABRECHNUNGSKREIS", 50)] },
  {
    file: "datapayment.csv",
    module: "Bonkopf_Zahlarten",
    columns: [
      ...VOUCHER,
      text("ZAHLART_TYP", 25),
      text("ZAHLART_NAME", 60),
      text("ZAHLWAEH_CODE", 3),
      number("ZAHLWAEH_BETRAG", 2),
      number("BASISWAEH_BETRAG", 2),
    ],
  },
  {
    file: "references.csv",
    module: "Bon_Referenzen",
    columns: [
      ...LINE,
      text("REF_TYP", 20),
      text("REF_NAME", 40),
      text("REF_DATUM", 30),
      text("REF_Z_KASSE_ID", 50),
      number("REF_Z_NR"),
      text("REF_BON_ID", 40),
    ],
  },
  {
    file: "lines.csv",
    module: "Bonpos",
    columns: [
      ...LINE,
      text("GUTSCHEIN_NR", 50),
      text("ARTIKELTEXT", 255),
      text("POS_TERMINAL_ID", 50),
      text("GV_TYP", 30),
      text("GV_NAME", 40),
      text("INHAUS", 1),
      text("P_STORNO", 1),
      number("AGENTUR_ID"),
      text("ART_NR", 50),
      text("GTIN", 50),
      text("WARENGR_ID", 40),
      text("WARENGR", 50),
      number("MENGE", 3),
      number("FAKTOR", 3),
      text("EINHEIT", 50),
      number("STK_BR", 5),
    ],
  },
  { file: "lines_vat.csv", module: "Bonpos_USt", columns: [...LINE, number("UST_SCHLUESSEL"), ...TAX("POS")] },
  { file: "itemamounts.csv", module: "Bonpos_Preisfindung", columns: [...LINE, text("TYP", 20), number("UST_SCHLUESSEL"), ...TAX("PF")] },
  {
    file: "subitems.csv",
    module: "Bonpos_Zusatzinfo",
    columns: [
      ...LINE,
      text("ZI_ART_NR", 50),
      text("ZI_GTIN", 50),
      text("ZI_NAME", 50),
      text("ZI_WARENGR_ID", 40),
      text("ZI_WARENGR", 50),
      number("ZI_MENGE", 3),
      number("ZI_FAKTOR", 3),
      text("ZI_EINHEIT", 50),
      number("ZI_UST_SCHLUESSEL"),
      number("ZI_BASISPREIS_BRUTTO", 5),
      number("ZI_BASISPREIS_NETTO", 5),
      number("ZI_BASISPREIS_UST", 5),
    ],
  },
  {
    file: "transactions_tse.csv",
    module: "TSE_Transaktionen",
    columns: [
      ...VOUCHER,
      number("TSE_ID"),
      number("TSE_TANR"),
      text("TSE_TA_START", 30),
      text("TSE_TA_ENDE", 30),
      text("TSE_TA_VORGANGSART", 30),
      number("TSE_TA_SIGZ"),
      text("TSE_TA_SIG", 512),
      text("TSE_TA_FEHLER", 200),
      text("TSE_VORGANGSDATEN", 1000),
    ],
  },
] as const satisfies readonly DsfinvkTable[];

export type DsfinvkFile = (typeof DSFINVK_TABLES)[number]["file"];

/** What stays empty on purpose, told in `LIESMICH.txt` of every export, so that nobody takes a gap for a mistake. */
export const LEFT_OUT: readonly string[] = [
  "KUNDE_*: das Journal nennt keine Personen; Kundendaten stehen nur auf Rechnungen.",
  "pa.csv: es gibt kein Agenturgeschäft.",
  "slaves.csv, TERMINAL_ID, POS_TERMINAL_ID: jede Kasse schließt sich selbst ab, es gibt keine Unterkassen.",
  "allocation_groups.csv: es gibt keine Tische oder andere Abrechnungskreise.",
  "GTIN, WARENGR_ID, WARENGR: der Bon trägt Artikelnummer und Bezeichnung, keine Warengruppe.",
  "subitems.csv: gewählte Optionen stehen im Artikeltext.",
  "gdpdu-01-09-2004.dtd: die Beschreibung, auf die index.xml verweist, bringt die Prüfsoftware mit.",
  "ZAHLART_TYP Unbar: welche Art von Karte es war, weiß nur das Terminal.",
];
