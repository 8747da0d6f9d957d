/**
 * 異体字 — which characters of names count as the same when a person is searched for. Nothing is stored or
 * shown in the folded form. The first of each row is what the others fold to. 斎・斉 are different
 * names; they meet here only because a clerk cannot hear the difference.
 * source: 民事法務の通用字体の対応と JIS X 0208/0213 の包摂、facts population.md §5.5。
 */
const rows: readonly string[] = [
  '高髙',
  '崎﨑嵜碕',
  '吉𠮷',
  '辺邉邊',
  '斎齋齊斉',
  '沢澤',
  '島嶋嶌',
  '富冨',
  '館舘',
  '峰峯',
  '浜濱濵',
  '広廣',
  '真眞',
  '恵惠',
  '国國',
  '栄榮',
  '竜龍',
  '弥彌',
  '曽曾',
  '淵渕渊',
  '徳德',
  '瀬瀨',
  '増增',
  '柳栁桺',
  '昇曻',
  '黒黑',
  '頼賴',
  '郎郞',
  '緒緖',
  '寛寬',
  '清淸',
  '昂昻',
  '青靑',
  '間閒',
  '松柗',
  '橋槗𣘺',
  '土圡𡈽',
  '彦彥',
  '桜櫻',
  '滝瀧',
  '条條',
  '遥遙',
  '絵繪',
  '実實',
  '寿壽',
  '亀龜',
  '塩鹽',
  '万萬',
  '与與',
  '関關',
  '円圓',
  '学學',
  '鉄鐵',
  '豊豐',
  '桧檜',
  '薮藪',
  '槙槇',
  '篭籠',
  '鶴靏靎',
  '梅楳',
  '野埜',
  '秋穐',
  '船舩',
  '剣劍劔',
  '当當',
  '宝寶',
  '巌巖',
  '静靜',
  '勲勳',
  '礼禮',
  '芸藝',
  '蔵藏',
  '張张',
  '劉刘',
]

/** 異体字の組 — a row each, the usual form first: what a clerk may choose among for one letter of a name. */
export const letterVariants: readonly string[] = rows.map((row) => [...new Set(row)].join(''))

/** 異体字の表 — from each variant to the form that keys hold. */
export const nameVariants: ReadonlyMap<string, string> = new Map(
  rows.flatMap((row) => {
    const [usual, ...variants] = [...row]
    return variants.filter((one) => one !== usual).map((one) => [one, usual as string] as const)
  }),
)
