import { parsePhoneNumberFromString } from "libphonenumber-js/min";

/** A number as its country writes it, with the country's code in front: `+33639980000` is `+33 6 39 98 00 00`. Anything else stays as it came. */
export const formatPhone = (value: string): string => parsePhoneNumberFromString(value)?.formatInternational() ?? value;
