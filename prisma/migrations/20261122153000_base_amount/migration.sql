-- An amount in the company currency (setting 'currency'), at the rate that holds on `on_day`: the newest
-- rate on or before it, else the oldest one known. Null where no rate of the currency is known.
CREATE FUNCTION base_amount(amount numeric, code text, on_day date) RETURNS numeric LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN amount IS NULL THEN NULL
    WHEN code = (SELECT value #>> '{}' FROM setting WHERE key = 'currency') THEN amount
    ELSE round(amount * coalesce(
      (SELECT rate FROM exchange_rate WHERE currency_code = code AND day <= on_day ORDER BY day DESC LIMIT 1),
      (SELECT rate FROM exchange_rate WHERE currency_code = code ORDER BY day LIMIT 1)), 4)
  END
$$;
