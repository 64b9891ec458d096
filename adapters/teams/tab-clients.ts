/**
 * Teams itself, as Entra knows it: on desktops and phones, and in browsers.
 * https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/authentication/tab-sso-register-aad
 */
export const teamsClients = {
  'desktop and mobile': '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
  web: '5e3ce6c0-2b1f-4285-8d4b-75ee78787346',
} as const;
