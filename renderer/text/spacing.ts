// Chinese typography: a space between Chinese characters and Latin letters or digits, wherever texts and names meet.

/** `在等API 服务器` becomes `在等 API 服务器`. Punctuation keeps its own distance. */
export function spaceChinese(text: string): string {
  return text.replace(/(\p{Script=Han})([A-Za-z0-9])/gu, '$1 $2').replace(/([A-Za-z0-9%])(\p{Script=Han})/gu, '$1 $2');
}
