-- データベースの利用者（PostgreSQL全体に一度だけ作る。何度流しても同じ結果になる）。
-- パスワードは ground/store/migrate.ts が与える。
do $roles$
declare
  wanted record;
begin
  for wanted in
    select *
      from (values
        ('koiki_union_owner', '広域連合のデータベースの持ち主。表の形を変えるときだけ使う。'),
        ('koiki_union_app', '広域連合の業務。行単位の保護が常に働く。'),
        ('koiki_union_vault', '広域連合の金庫。個人番号の封を開けられる唯一の利用者。'),
        ('koiki_union_operator', '集約機関の運用者。個人の行は一切見えない。'),
        ('koiki_municipality_owner', '市区町村のデータベースの持ち主。表の形を変えるときだけ使う。'),
        ('koiki_municipality_app', '市区町村の業務。行単位の保護が常に働く。'),
        ('koiki_municipality_vault', '市区町村の金庫。個人番号の封を開けられる唯一の利用者。'),
        ('koiki_municipality_operator', '市区町村のデータベースの運用者。個人の行は一切見えない。'),
        ('koiki_resident_register', '住基システム（代役）。'),
        ('koiki_local_tax', '地方税システム（代役）。'),
        ('koiki_municipal_system', '市区町村システム（代役）。')
      ) as role (name, meaning)
  loop
    if not exists (select from pg_roles where rolname = wanted.name) then
      execute format(
        'create role %I login noinherit nosuperuser nocreatedb nocreaterole nobypassrls',
        wanted.name
      );
    end if;
    execute format('comment on role %I is %L', wanted.name, wanted.meaning);
  end loop;
end
$roles$;
