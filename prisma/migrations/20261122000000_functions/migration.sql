-- Functions that column defaults and statements rely on.

-- A time-ordered UUID (RFC 9562, version 7): 48 bits of milliseconds, then random bits.
CREATE FUNCTION uuid_v7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
        placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
        from 1 for 6),
      52, 1), 53, 1), 'hex')::uuid
$$;

-- How many decimal places a currency is written with (ISO 4217).
CREATE FUNCTION currency_digits(code text) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN code IN ('BIF','CLP','DJF','GNF','ISK','JPY','KMF','KRW','PYG','RWF','UGX','UYI','VND','VUV','XAF','XOF','XPF') THEN 0
    WHEN code IN ('BHD','IQD','JOD','KWD','LYD','OMR','TND') THEN 3
    ELSE 2 END
$$;

-- Money as it goes over the wire: {"amount": "1234.50", "currency": "EUR"}, or null. STABLE like the function it
-- calls: declared IMMUTABLE it could not be inlined and would cost twice as much.
CREATE FUNCTION money_json(amount numeric, code text) RETURNS json LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN amount IS NULL THEN NULL
    ELSE json_build_object('amount', round(amount, currency_digits(code))::text, 'currency', code) END
$$;

-- A moment as it goes over the wire: 2026-01-31T09:30:00.000Z.
CREATE FUNCTION iso(moment timestamptz) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;
