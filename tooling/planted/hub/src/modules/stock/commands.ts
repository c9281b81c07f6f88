export const holdStock = 1;
