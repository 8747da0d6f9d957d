/** 数の言葉 — what jobs count, in the words and units of a screen and in the order in which they are asked. */
const names: readonly (readonly [key: string, name: string, unit: string])[] = [
  ['records', '届いた記録', '件'],
  ['received', '届いた記録', '件'],
  ['added', '新しい記録', '件'],
  ['changed', '変わった記録', '件'],
  ['corrected', '直った記録', '件'],
  ['unknown', '宛名番号が届いていない記録', '件'],
  ['warnings', '確かめるところ', 'か所'],
  ['quarantined', '隔離した行', '行'],
  ['held', '確認を待つファイル', '通'],
  ['doubts', 'ふだんと違うところ', 'か所'],
  ['reconciled', '照合した組', '組'],
  ['differences', '違い', '件'],
  ['unanswered', '答えのない組', '組'],
  ['matched', '窓口と一致した届書', '件'],
  ['differing', '窓口と差異のある届書', '件'],
  ['refused', '差し戻したファイル', '通'],
  ['errors', '誤り', 'か所'],
  ['persons', '判定した人', '人'],
  ['insured', '計算した被保険者', '人'],
  ['issued', '新しい被保険者番号', '件'],
  ['documents', '作った文書', '通'],
  ['waiting', '作れずに待っている人', '人'],
  ['upToDate', 'すでに持っている人', '人'],
  ['decisions', '決定', '件'],
  ['decided', '決定した人', '人'],
  ['unchanged', '前と同じもの', '件'],
  ['judged', '新しい判定', '件'],
  ['sharesChanged', '割合か限度区分が変わった人', '人'],
  ['reissue', '文書を作り直す人', '人'],
  ['pending', '判定できない人', '人'],
  ['cancelled', '取りやめ', '件'],
  ['incomeUnknown', '所得が届いていない人', '人'],
  ['annual', '年額の合計', '円'],
  ['files', '作ったファイル', '通'],
  ['forms', '作った帳票', '通'],
  ['people', '載せた人', '人'],
  ['rows', '載せた記録', '件'],
]

type Counted = { readonly name: string; readonly count: number; readonly unit: string }

/** 数 — of a job's result; what is not a number is left out. */
export function countsOf(result: unknown): Counted[] {
  if (typeof result !== 'object' || result === null) return []
  const counts = new Map(
    Object.entries(result).filter((entry): entry is [string, number] => Number.isInteger(entry[1])),
  )
  const known = names.flatMap(([key, name, unit]) => {
    const count = counts.get(key)
    counts.delete(key)
    return count === undefined ? [] : [{ name, count, unit }]
  })
  return [...known, ...[...counts].map(([name, count]) => ({ name, count, unit: '' }))]
}

/** 数の文 — the first, and what else is not 0, for one line. */
export function countsText(result: unknown): string {
  return countsOf(result)
    .filter(({ count }, index) => index === 0 || count !== 0)
    .slice(0, 4)
    .map(({ name, count, unit }) => `${name} ${count.toLocaleString('ja-JP')}${unit}`)
    .join('、')
}
