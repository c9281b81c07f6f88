/** The kinds of codes whose identifier says more than the code itself: an element string of GS1 follows. */
const OF_GS1 = "C1|e0|d2|Q3|J1";
const OTHERS = new RegExp(`^\\](?!${OF_GS1})[A-Za-z][\\dA-Za-z]`);

/**
 * What a scanner read without the AIM symbology identifier (ISO/IEC 15424) that some are set to send in front: `]E04006381333931` is a barcode. The
 * identifiers of GS1 stay, because the reader of such codes asks for them.
 */
export const withoutSymbology = (scanned: string): string => scanned.replace(OTHERS, "");
