import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import {
  type Database,
  dumpSchema,
  emptyDatabase,
  type Party,
  StoreError,
  type TestDatabase,
  testDatabase,
} from '@koiki/store'

// Goal: the fifteen schema rules of distribution and the house rules hold for every table that any room
// adds. Method: ask the live catalog of a migrated database, and let each failure name table and rule.

const parties = ['union', 'municipality'] as const satisfies Party[]

const databases = new Map<Party, TestDatabase>()
for (const party of parties) databases.set(party, await testDatabase({ after }, party))

const of = (party: Party): TestDatabase => databases.get(party) as TestDatabase

type Fault = { place: string }

/** Tables, columns and constraints of the house, for the queries below. */
const catalog = `with house as (
    select c.oid, c.oid::regclass::text as place, nspname as schema, relname as name, relkind,
           relowner, relrowsecurity, relforcerowsecurity
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where nspname !~ '^pg_' and nspname not in ('information_schema', 'public')
       and relkind in ('r', 'p', 'v', 'm')
  ),
  field as (
    select h.oid, h.place, h.schema, h.name as table_name, h.relkind, a.*, t.typtype
      from house h join pg_attribute a on a.attrelid = h.oid join pg_type t on t.oid = a.atttypid
     where a.attnum > 0 and not a.attisdropped
  ),
  -- A table is about a person when it carries a person's key; a directory finds a key by another value.
  person as (
    select distinct on (f.oid) f.oid, f.place, f.attname as key, f.attnum as key_number
      from field f
     where f.relkind = 'r' and f.attname in ('subject_key', 'resident_key')
       and f.table_name !~ '_directory$'
     order by f.oid,
              -- The key of the table is the one that its primary key starts with.
              (f.attnum = (select conkey[1] from pg_constraint k
                            where k.conrelid = f.oid and contype = 'p')) desc nulls last,
              f.attname desc
  )`

const rules: { title: string; query: string; only: readonly Party[] }[] = []

/** One rule: a query that answers with the places that break it. */
function rule(title: string, query: string, only: readonly Party[] = parties): void {
  rules.push({ title, query, only })
  for (const party of only) {
    test(`${title}（${party}）`, async () => {
      const faults = await of(party).unscoped((tx) => tx.query<Fault>(`${catalog} ${query}`))
      assert.deepEqual(
        faults.map(({ place }) => `${place}: ${title}`),
        [],
      )
    })
  }
}

rule(
  '規則1 主体の鍵は、ただのbigintで、空を許さず、生成列ではなく、広域連合の番号と合うことをCHECKで確かめる',
  `select place from person p
    where not exists (
      select from field f
       where f.oid = p.oid and f.attname = p.key and f.atttypid = 'bigint'::regtype
         and f.attnotnull and f.attgenerated = '' and f.attidentity = '')
       or not exists (
      select from field f
       where f.oid = p.oid and f.attname = 'union_code' and f.atttypid = 'smallint'::regtype
         and f.attnotnull)
       or not exists (
      select from pg_constraint k
       where k.conrelid = p.oid and contype = 'c'
         and pg_get_constraintdef(k.oid) = case p.key
           when 'subject_key' then 'CHECK (((subject_key / 100000000) = union_code))'
           else 'CHECK (((resident_key / ''10000000000''::bigint) = union_code))' end)
    order by 1`,
)

rule(
  '規則2 人の表の主キー・一意・排他の制約と一意の索引は、その人の鍵から始まる',
  `select place || ' ' || conname as place
     from person p join pg_constraint k on k.conrelid = p.oid
    where contype in ('p', 'u', 'x') and conkey[1] <> key_number
    union all
   select place || ' ' || i.indexrelid::regclass
     from person p join pg_index i on i.indrelid = p.oid
    where indisunique and indkey[0] <> key_number
    order by 1`,
)

rule(
  '規則2 排他の制約は、その人の鍵を = で比べる',
  `select place || ' ' || conname as place
     from person p join pg_constraint k on k.conrelid = p.oid
    where contype = 'x'
      and (select oprname from pg_operator where oid = conexclop[1]) <> '='
    order by 1`,
)

rule(
  '規則3 どの表にも主キーがある',
  `select place from house
    where relkind in ('r', 'p')
      and not exists (select from pg_constraint where conrelid = house.oid and contype = 'p')
    order by 1`,
)

rule(
  '規則5 人の表の外部キーは、両側に同じ鍵を持つか、参照表だけを指す',
  `select p.place || ' ' || conname as place
     from person p
     join pg_constraint k on k.conrelid = p.oid and contype = 'f'
     join house target on target.oid = confrelid
    where target.schema <> 'reference'
      and not exists (
        select from unnest(conkey, confkey) as pair (mine, theirs)
          join person other on other.oid = confrelid
         where pair.mine = p.key_number and pair.theirs = other.key_number and other.key = p.key)
    order by 1`,
)

rule(
  '規則5 人の表でない表から、人の表への外部キーはない',
  `select conrelid::regclass || ' ' || conname as place
     from pg_constraint k
    where contype = 'f' and confrelid in (select oid from person)
      and conrelid not in (select oid from person)
    order by 1`,
)

rule(
  '規則5 外部キーは、更新や削除で値を書き換えない',
  `select conrelid::regclass || ' ' || conname as place
     from pg_constraint
    where contype = 'f' and (confupdtype in ('c', 'n', 'd') or confdeltype in ('n', 'd'))
    order by 1`,
)

rule(
  '規則6 連番はbigintだけで、intの連番とserialの既定値はない',
  `select place || '.' || attname as place
     from field left join pg_attrdef d on d.adrelid = field.oid and d.adnum = attnum
    where (attidentity <> '' and atttypid <> 'bigint'::regtype)
       or pg_get_expr(d.adbin, d.adrelid) like '%nextval%'
    order by 1`,
)

rule(
  '規則7 トリガーも書換え規則もない',
  `select tgrelid::regclass || ' ' || tgname as place from pg_trigger where not tgisinternal
    union all
   select ev_class::regclass || ' ' || rulename from pg_rewrite
    where rulename <> '_RETURN' and ev_class in (select oid from house)
    order by 1`,
)

rule(
  '規則8 既定値は定数だけで、時刻や乱数を勝手に入れない',
  `select place || '.' || attname as place
     from field join pg_attrdef d on d.adrelid = field.oid and d.adnum = attnum
    where attgenerated = ''
      and pg_get_expr(d.adbin, d.adrelid) !~ '^(''[^'']*''::[a-z ]+(\\[\\])?|-?[0-9.]+|true|false)$'
    order by 1`,
)

rule(
  '規則12 仕事の表は、外部キーを持たない',
  `select conrelid::regclass || ' ' || conname as place
     from pg_constraint join house on house.oid = conrelid
    where contype = 'f' and schema = 'work'
    order by 1`,
)

rule(
  '家の決まり 列の型に、ドメインを使わない',
  `select place || '.' || attname as place from field where typtype = 'd' order by 1`,
)

const predicate = `((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true))))`
const quoted = predicate.replaceAll("'", "''")

/** Tables with both codes are about somebody's people; reference tables are about offices. */
const guarded = `guarded as (
    select h.* from house h
     where relkind = 'r' and schema <> 'reference'
       and exists (select from field f where f.oid = h.oid and attname = 'union_code')
       and exists (select from field f where f.oid = h.oid and attname = 'municipality_code')
  )`

rule(
  '規則10 広域連合と市区町村のある表は、決まった一つの条件だけで、持ち主にも行単位の保護が働く',
  `, ${guarded}
   select place from guarded g
    where not relrowsecurity or not relforcerowsecurity
       or (select count(*) from pg_policy where polrelid = g.oid) <> 1
       or exists (
         select from pg_policy
          where polrelid = g.oid
            and (polcmd <> '*' or not polpermissive
                 or polroles <> '{0}'
                 or pg_get_expr(polqual, polrelid) <> '${quoted}'
                 or coalesce(pg_get_expr(polwithcheck, polrelid), '${quoted}') <> '${quoted}'))
    order by 1`,
)

rule(
  '規則10 行単位の保護の条件に、問合せを含めない',
  `select polrelid::regclass || ' ' || polname as place
     from pg_policy
    where pg_get_expr(polqual, polrelid) ~* 'select' or pg_get_expr(polwithcheck, polrelid) ~* 'select'
    order by 1`,
)

rule(
  '規則10 保護を有効にした表は、持ち主にも働く',
  `select place from house where relrowsecurity and not relforcerowsecurity order by 1`,
)

rule(
  '家の決まり 人の鍵のある表には、広域連合と市区町村がある',
  `, ${guarded} select place from person where oid not in (select oid from guarded) order by 1`,
)

rule(
  '家の決まり ビューは、見る人の権限で読む（security_invoker）',
  `select h.place from house h join pg_class c on c.oid = h.oid
    where h.relkind = 'v' and not coalesce('security_invoker=true' = any(c.reloptions), false)
    order by 1`,
)

rule(
  '家の決まり 関数は、呼ぶ人の権限で動く（security definer にしない）',
  `select p.oid::regprocedure::text as place
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where nspname in (select schema from house) and prosecdef
    order by 1`,
)

// Japanese has kana or kanji in every sentence.
const japanese = `'[ぁ-んァ-ヶ一-龠]'`

rule(
  '家の決まり どの表とビューにも、日本語の説明がある',
  `select place from house
    where coalesce(obj_description(oid, 'pg_class'), '') !~ ${japanese}
    order by 1`,
)

rule(
  '家の決まり どの列にも、日本語の説明がある',
  `select place || '.' || attname as place from field
    where relkind in ('r', 'p') and coalesce(col_description(oid, attnum), '') !~ ${japanese}
    order by 1`,
)

rule(
  '家の決まり どのスキーマにも、日本語の説明がある',
  `select nspname as place from pg_namespace n
    where nspname in (select schema from house)
      and coalesce(obj_description(n.oid, 'pg_namespace'), '') !~ ${japanese}
    order by 1`,
)

for (const party of parties) {
  rule(
    '家の決まり すべてのものは持ち主の利用者に属し、業務の利用者は何も持たない',
    `select place from house where pg_get_userbyid(relowner) <> 'koiki_${party}_owner'
      union all
     select nspname from pg_namespace
      where nspname in (select schema from house)
        and pg_get_userbyid(nspowner) <> 'koiki_${party}_owner'
      union all
     select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where nspname in (select schema from house)
        and pg_get_userbyid(proowner) <> 'koiki_${party}_owner'
      order by 1`,
    [party],
  )
}

rule(
  '家の決まり 持ち主のほかは、表を空にしたりトリガーを付けたりできない',
  `select place || ' ' || privilege_type || ' ' || pg_get_userbyid(grantee) as place
     from house h join pg_class c on c.oid = h.oid, aclexplode(c.relacl)
    where privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE') and grantee <> c.relowner
    order by 1`,
)

rule(
  '家の決まり 運用者と、すべての人（PUBLIC）は、人の表と金庫に何の権限もない',
  `select place || ' ' || case grantee when 0 then 'PUBLIC' else pg_get_userbyid(grantee)::text end as place
     from house h join pg_class c on c.oid = h.oid, aclexplode(c.relacl)
    where (grantee = 0
           or (pg_get_userbyid(grantee) ~ '_operator$'
               and (h.schema = 'vault' or h.oid in (select oid from person))))
    order by 1`,
)

/** 追記だけの表 — decisions, facts as they were known, and traces: added, never edited. */
const appendOnly: Record<Party, readonly string[]> = {
  union: [
    'access.event',
    'audit.bulk_keys',
    'audit.entry',
    'audit.resident_entry',
    'audit.subject_entry',
    'certificates.destination_confirmation',
    'certificates.insurance_card_use',
    'certificates.issue',
    'certificates.issue_event',
    'certificates.special_treatment_event',
    'copay.judgement',
    'eligibility.difference',
    'eligibility.difference_resolution',
    'eligibility.entitlement_event',
    'eligibility.filing',
    'eligibility.filing_event',
    'eligibility.filing_person',
    'eligibility.granted_fact',
    'eligibility.mailing_destination',
    'eligibility.mailing_destination_check',
    'eligibility.person_link_decision',
    'eligibility.resident_link',
    'eligibility.resident_record',
    'exchange.admission',
    'exchange.custody_event',
    'exchange.finding',
    'exchange.full_reconciliation',
    'exchange.full_reconciliation_difference',
    'exchange.full_reconciliation_result',
    'exchange.layout_policy',
    'exchange.own_copy',
    'exchange.plausibility',
    'exchange.quarantined_row',
    'exchange.receipt',
    'exchange.transmission',
    'exchange.transmission_event',
    'notices.form_delivery',
    'notices.form_delivery_event',
    'notices.listed_decision',
    'notices.printed_form',
    'notices.printed_form_event',
    'premium.assessment',
    'premium.delivery',
    'premium.income',
    'premium.working',
    'vault.blind_index',
    'vault.sealed_number',
  ],
  municipality: [
    'audit.bulk_keys',
    'audit.entry',
    'audit.resident_entry',
    'audit.subject_entry',
    'exchange.admission',
    'exchange.custody_event',
    'exchange.finding',
    'exchange.full_reconciliation',
    'exchange.full_reconciliation_difference',
    'exchange.full_reconciliation_result',
    'exchange.layout_policy',
    'exchange.own_copy',
    'exchange.plausibility',
    'exchange.quarantined_row',
    'exchange.receipt',
    'exchange.transmission',
    'exchange.transmission_event',
    'municipal_system.hand_over',
    'municipal_system.insured_transfer',
    'municipal_system.non_registered_event',
    'municipal_system.received_record',
    'resident_register.insured_transfer',
    'resident_register.resident_change',
    'resident_register.resident_event',
    'vault.blind_index',
    'vault.sealed_number',
  ],
}

for (const party of parties) {
  test(`家の決まり 追記だけの表は、持ち主のほかは直すことも消すこともできない（${party}）`, async () => {
    const faults = await of(party).unscoped((tx) =>
      tx.query<Fault>(
        `${catalog},
         wanted as (select unnest($1::text[]) as place),
         granted as (
           select h.place, privilege_type, grantee from house h join pg_class c on c.oid = h.oid,
                  aclexplode(c.relacl) where grantee <> c.relowner
            union all
           select f.place, privilege_type, grantee from field f join pg_class c on c.oid = f.oid,
                  aclexplode(f.attacl) where grantee <> c.relowner
         )
         select place || ': 追記だけのはずの表がない' as place
           from wanted where place not in (select place from house)
          union all
         select g.place || ': ' || pg_get_userbyid(grantee) || ' に ' || privilege_type
           from granted g join wanted using (place)
          where privilege_type in ('UPDATE', 'DELETE')
          order by 1`,
        [appendOnly[party]],
      ),
    )
    assert.deepEqual(
      faults.map(({ place }) => place),
      [],
    )
  })

  test(`db/${party}/schema.sql は、移行から作った形と同じである`, async () => {
    const file = fileURLToPath(new URL(`../db/${party}/schema.sql`, import.meta.url))
    const kept = readFileSync(file, 'utf8').split('\n')
    const now = (await dumpSchema(of(party))).split('\n')
    const at = now.findIndex((line, number) => line !== kept[number])
    assert.ok(
      at === -1 && kept.length === now.length,
      `db/${party}/schema.sql の${at + 1}行目が移行と違います。npm run dump で作り直してください。\n移行: ${now[at]}\n写し: ${kept[at]}`,
    )
  })

  test(`db/${party}/schema.sql を空のデータベースに流すと、同じ形ができる`, async (t) => {
    const wanted = await dumpSchema(of(party))
    const again = await emptyDatabase(t, party)
    await again.unscoped((tx) => tx.query(wanted))
    assert.equal(await dumpSchema(again), wanted)
  })

  test(`行単位の保護は、範囲の中の行を見せ、外の行を見せず、外への書込みを断る（${party}）`, async (t) => {
    const db = await testDatabase(t, party)
    const owner = await db.as('owner')
    const admin = await db.asAdmin()
    const tables = await owner.unscoped((tx) =>
      tx.query<{ place: string; columns: string[]; types: string[] }>(
        `${catalog}, ${guarded}
         select place,
                array_agg(attname::text order by attnum) as columns,
                array_agg(format_type(atttypid, null) order by attnum) as types
           from guarded g
           join pg_constraint k on k.conrelid = g.oid and contype = 'p'
           join pg_attribute a on a.attrelid = g.oid and a.attnum = any(conkey)
          group by place order by place`,
      ),
    )
    assert.ok(tables.length > 10, `人の表が${tables.length}しかありません。`)
    await looseEverything(owner)
    const people = [
      ['43', '431001'],
      ['43', '432024'],
      ['31', '312011'],
    ] as const
    const insert = (place: string, key: readonly string[], types: readonly string[], n: number) => {
      const [union, municipality] = people[n] as (typeof people)[number]
      const given = new Map(key.map((column, at) => [column, sample(types[at] as string, n)]))
      given.set('union_code', union).set('municipality_code', municipality)
      const columns = [...given.keys()]
      return `insert into ${place} (${columns.join(', ')}) values (${[...given.values()].map((value) => `'${value}'`).join(', ')})`
    }
    const seen = (scope: { union: string; municipality: string }, place: string) =>
      owner.transaction(scope, async (tx) => {
        const rows = await tx.query<{ m: string }>(
          `select municipality_code as m from ${place} order by 1`,
        )
        return rows.map(({ m }) => m)
      })
    for (const { place, columns, types } of tables) {
      for (const n of people.keys()) {
        await admin.unscoped((tx) => tx.query(insert(place, columns, types, n)))
      }
      const say = (what: string): string => `${place}: ${what}`
      assert.deepEqual(
        await seen({ union: '43', municipality: '431001' }, place),
        ['431001'],
        say('窓口は自分の市区町村の行だけを見る'),
      )
      assert.deepEqual(
        await seen({ union: '43', municipality: '*' }, place),
        ['431001', '432024'],
        say('広域連合は自分の全市区町村の行を見る'),
      )
      assert.deepEqual(
        await seen({ union: '31', municipality: '*' }, place),
        ['312011'],
        say('もう一つの広域連合は自分の行だけを見る'),
      )
      assert.deepEqual(await seen({ union: '31', municipality: '431001' }, place), [], say('外'))
      await assert.rejects(
        owner.unscoped((tx) => tx.query(`select * from ${place}`)),
        (error) => error instanceof StoreError && error.kind === 'misuse',
        say('範囲のない取引は断られる'),
      )
      await assert.rejects(
        owner.transaction({ union: '31', municipality: '*' }, (tx) =>
          tx.query(insert(place, columns, types, 0)),
        ),
        (error) => error instanceof StoreError && error.kind === 'rowSecurity',
        say('範囲の外には書けない'),
      )
    }
  })
}

test('どの規則も、破る表があれば表の名前を言う', async (t) => {
  const db = await testDatabase(t, 'union')
  const admin = await db.asAdmin()
  await admin.unscoped((tx) => tx.query(wicked))
  for (const { title, query } of rules.filter(({ only }) => only.includes('union'))) {
    const faults = await db.unscoped((tx) => tx.query<Fault>(`${catalog} ${query}`))
    assert.ok(
      faults.some(({ place }) => place.includes('wicked')),
      `破る表を見つけなかった規則: ${title}`,
    )
  }
})

/** Everything that a hurried builder might do; at least one break of each rule. */
const wicked = `
  create schema wicked;
  create domain wicked.code as text;
  create table wicked.offices (code text primary key);
  create table wicked.no_key (x int);
  create table wicked.person (
    subject_key bigint, union_code smallint, name text,
    id int generated always as identity, code wicked.code,
    made timestamptz default now(), held daterange,
    primary key (name), unique (name, subject_key),
    exclude using gist (subject_key with <>, held with &&),
    office text references wicked.offices on update cascade
  );
  create table wicked.note (
    id bigint primary key, person text references wicked.person,
    union_code smallint not null, municipality_code text not null
  );
  alter table wicked.note enable row level security;
  create policy open on wicked.note using (exists (select from wicked.person));
  create view wicked.all_people as select * from wicked.person;
  create function wicked.rise() returns trigger language plpgsql security definer
    as 'begin return new; end';
  create trigger rise before insert on wicked.person for each row execute function wicked.rise();
  grant select, truncate on wicked.person to koiki_union_operator;
  grant select on wicked.person to public;
  create table wicked.queue (id bigint primary key, office text references wicked.offices);
  alter table wicked.queue set schema work;
  alter table work.queue rename to wicked;
`

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = ['ground', 'law', 'systems'].flatMap((wing) =>
  readdirSync(root + wing, { recursive: true, encoding: 'utf8' })
    .map((file) => `${wing}/${file}`)
    .filter((file) => /\.(ts|sql)$/.test(file) && !/node_modules|\.test\.ts$|\/dist\//.test(file)),
)

test('規則4 人の鍵は更新しない', async () => {
  const faults: string[] = []
  for (const party of parties) {
    const people = await of(party).unscoped((tx) =>
      tx.query<{ place: string; key: string }>(`${catalog} select place, key from person`),
    )
    for (const { place, key } of people) {
      const inside = '(?:(?!\\b(?:where|from)\\b)[^`;])*?'
      const setting = new RegExp(
        `update\\s+${place}\\b${inside}\\bset\\b${inside}\\b${key}\\s*=`,
        'i',
      )
      for (const file of sources) {
        if (setting.test(readFileSync(root + file, 'utf8'))) faults.push(`${file}: ${place}.${key}`)
      }
    }
  }
  assert.deepEqual(faults, [])
})

for (const [title, pattern, except] of [
  [
    '規則8 文は時刻や乱数を自分で作らず、時計から渡す',
    /(?<![.\w])(now|clock_timestamp|statement_timestamp|gen_random_uuid|random)\(\)|\bcurrent_(date|timestamp)\b/i,
    /^ground\/store\/(clock|jobs\/worker)\.ts$/,
  ],
  ['規則10 範囲は set local で渡し、set_config を使わない', /\bset_config\s*\(/i, /^$/],
] as const) {
  test(title, () => {
    const faults = sources.flatMap((file) =>
      readFileSync(root + file, 'utf8')
        .split('\n')
        .map((line, number) => ({ line: line.replace(/(^|\s)(--|\/\/|\*).*$/, ''), number }))
        .filter(({ line }) => pattern.test(line) && !except.test(file))
        .map(({ number }) => `${file}:${number + 1}`),
    )
    assert.deepEqual(faults, [])
  })
}

/** So that a bare row can stand in any table: everything but the keys and the policies goes. */
async function looseEverything(owner: Database): Promise<void> {
  await owner.unscoped(async (tx) => {
    const rows = await tx.query<{ statement: string }>(
      `${catalog}
       select statement from (
         select 1 as turn, format('alter table %s drop constraint %I cascade', place, conname) as statement
           from house join pg_constraint on conrelid = house.oid
          where contype in ('f', 'c', 'x', 'u')
          union all
         select 2, format('alter table %s alter column %I drop not null', place, attname)
           from field
          where relkind = 'r' and attnotnull and attidentity = ''
            and not exists (
              select from pg_constraint
               where conrelid = field.oid and contype = 'p' and attnum = any(conkey))
       ) as found order by turn`,
    )
    for (const { statement } of rows) await tx.query(statement)
  })
}

function sample(type: string, n: number): string {
  if (type === 'uuid') return `00000000-0000-0000-0000-00000000000${n}`
  if (type === 'date') return `2026-07-0${n + 1}`
  if (type.startsWith('timestamp')) return `2026-07-0${n + 1} 00:00:00+00`
  if (type === 'bytea') return `\\x0${n}`
  return String(n + 1)
}
