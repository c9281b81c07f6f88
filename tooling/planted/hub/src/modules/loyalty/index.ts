export const loyalty = 1;
