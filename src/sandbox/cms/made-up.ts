/**
 * Callers that do not exist. The telephone numbers are of the ranges that the United Kingdom's Ofcom keeps for drama (thousand numbers each) and
 * the 555-01xx ones of North America (a hundred each), so that nobody is ever rung by a demonstration.
 */
const britishRanges = [
  '44207946',
  '44113496',
  '44114496',
  '44116496',
  '44117496',
  '44118496',
  '44121496',
  '44131496',
  '44141496',
  '44151496',
  '44161496',
  '44191498',
];
const americanAreas = ['202', '206', '212', '303', '312', '404', '415', '512', '617', '702'];

/** How many different telephone numbers there are. */
export const phoneNumbers = britishRanges.length * 1000 + americanAreas.length * 100;

/** The nth made-up telephone number in international digits; counts round. */
export const phoneNumber = (n: number): string => {
  const place = n % phoneNumbers;
  const inBritain = place - americanAreas.length * 100;
  return inBritain < 0
    ? `1${americanAreas[Math.floor(place / 100)]}55501${String(place % 100).padStart(2, '0')}`
    : `${britishRanges[Math.floor(inBritain / 1000)]}0${String(inBritain % 1000).padStart(3, '0')}`;
};

/** The nth made-up user id of a social platform: 19 digits, as in the documented sample. */
export const socialId = (n: number): string => `1000000000000${String(n).padStart(6, '0')}`;

/** The nth made-up mail address. */
export const mailAddress = (n: number): string => `customer${n}@example.com`;

/** Access codes that people call. */
export const accessCodes = ['5550100', '5550101', '5550102', '5550103'];
