export const integrations = 1;
