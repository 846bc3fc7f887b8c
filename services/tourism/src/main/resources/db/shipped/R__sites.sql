-- Sample data of the development city. Sites, districts and operators are real; prices, quotas, capacities and gates are
-- plausible inventions and no offer of any operator. A city builds the service with its own data in place of this file.
-- The file may be changed and is applied again; slots that were generated already keep their quota and times.
-- A two-day ticket opens the gate at any hour of its two days, so it is in season in every time zone and at every demo.
-- Free for visitors with a disability certificate, half price for children, students and seniors. The museum is free and
-- closed on Mondays, as the real one.

insert into site (site_id, position, display_name, display_name_en, district, operator_organisation_id, daily_capacity, instantaneous_capacity, stay_minutes) values
  ('wulong-three-natural-bridges', 1, '天生三桥', 'Three Natural Bridges', '武隆区', 'wulong-tourism', 28000, 9000, 240),
  ('wulong-fairy-mountain', 2, '仙女山国家森林公园', 'Fairy Mountain National Forest Park', '武隆区', 'wulong-tourism', 40000, 16000, 360),
  ('wulong-longshui-gorge', 3, '龙水峡地缝', 'Longshui Gorge', '武隆区', 'wulong-tourism', 12000, 3000, 150),
  ('wulong-furong-cave', 4, '芙蓉洞', 'Furong Cave', '武隆区', 'wulong-tourism', 10000, 2000, 120),
  ('nanchuan-jinfo-mountain', 5, '金佛山', 'Jinfo Mountain', '南川区', 'nanchuan-tourism', 20000, 8000, 360),
  ('nanchuan-shenlong-gorge', 6, '神龙峡', 'Shenlong Gorge', '南川区', 'nanchuan-tourism', 8000, 3000, 180),
  ('three-gorges-museum', 7, '重庆中国三峡博物馆', 'Chongqing China Three Gorges Museum', '渝中区', 'three-gorges-museum', 20000, 6000, 150)
on conflict (site_id) do update set
  position = excluded.position, display_name = excluded.display_name, display_name_en = excluded.display_name_en, district = excluded.district, operator_organisation_id = excluded.operator_organisation_id, daily_capacity = excluded.daily_capacity, instantaneous_capacity = excluded.instantaneous_capacity, stay_minutes = excluded.stay_minutes;

insert into gate (gate_id, site_id, display_name) values
  ('wulong-three-natural-bridges-g1', 'wulong-three-natural-bridges', '天坑入口'),
  ('wulong-three-natural-bridges-g2', 'wulong-three-natural-bridges', '龙桥入口'),
  ('wulong-fairy-mountain-g1', 'wulong-fairy-mountain', '大草原入口'),
  ('wulong-fairy-mountain-g2', 'wulong-fairy-mountain', '北门'),
  ('wulong-longshui-gorge-g1', 'wulong-longshui-gorge', '地缝入口'),
  ('wulong-furong-cave-g1', 'wulong-furong-cave', '洞口'),
  ('nanchuan-jinfo-mountain-g1', 'nanchuan-jinfo-mountain', '西坡'),
  ('nanchuan-jinfo-mountain-g2', 'nanchuan-jinfo-mountain', '北坡'),
  ('nanchuan-shenlong-gorge-g1', 'nanchuan-shenlong-gorge', '峡口'),
  ('three-gorges-museum-g1', 'three-gorges-museum', '正门')
on conflict (gate_id) do update set
  site_id = excluded.site_id, display_name = excluded.display_name;

insert into product (product_id, site_id, position, display_name, display_name_en) values
  ('wulong-three-natural-bridges-two-day', 'wulong-three-natural-bridges', 1, '天生三桥两日票', 'Three Natural Bridges, two-day ticket'),
  ('wulong-three-natural-bridges-timed', 'wulong-three-natural-bridges', 2, '天生三桥分时票', 'Three Natural Bridges, timed entry'),
  ('wulong-fairy-mountain-two-day', 'wulong-fairy-mountain', 1, '仙女山国家森林公园两日票', 'Fairy Mountain National Forest Park, two-day ticket'),
  ('wulong-fairy-mountain-timed', 'wulong-fairy-mountain', 2, '仙女山国家森林公园分时票', 'Fairy Mountain National Forest Park, timed entry'),
  ('wulong-longshui-gorge-two-day', 'wulong-longshui-gorge', 1, '龙水峡地缝两日票', 'Longshui Gorge, two-day ticket'),
  ('wulong-longshui-gorge-timed', 'wulong-longshui-gorge', 2, '龙水峡地缝分时票', 'Longshui Gorge, timed entry'),
  ('wulong-furong-cave-two-day', 'wulong-furong-cave', 1, '芙蓉洞两日票', 'Furong Cave, two-day ticket'),
  ('wulong-furong-cave-timed', 'wulong-furong-cave', 2, '芙蓉洞分时票', 'Furong Cave, timed entry'),
  ('nanchuan-jinfo-mountain-two-day', 'nanchuan-jinfo-mountain', 1, '金佛山两日票', 'Jinfo Mountain, two-day ticket'),
  ('nanchuan-jinfo-mountain-timed', 'nanchuan-jinfo-mountain', 2, '金佛山分时票', 'Jinfo Mountain, timed entry'),
  ('nanchuan-shenlong-gorge-two-day', 'nanchuan-shenlong-gorge', 1, '神龙峡两日票', 'Shenlong Gorge, two-day ticket'),
  ('nanchuan-shenlong-gorge-timed', 'nanchuan-shenlong-gorge', 2, '神龙峡分时票', 'Shenlong Gorge, timed entry'),
  ('three-gorges-museum-morning', 'three-gorges-museum', 1, '三峡博物馆上午免费票', 'Three Gorges Museum, morning, free'),
  ('three-gorges-museum-afternoon', 'three-gorges-museum', 2, '三峡博物馆下午免费票', 'Three Gorges Museum, afternoon, free')
on conflict (product_id) do update set
  site_id = excluded.site_id, position = excluded.position, display_name = excluded.display_name, display_name_en = excluded.display_name_en;

insert into product_price (product_id, rider_category, amount_minor) values
  ('wulong-three-natural-bridges-two-day', 'ADULT', 12500),
  ('wulong-three-natural-bridges-two-day', 'CHILD', 6250),
  ('wulong-three-natural-bridges-two-day', 'STUDENT', 6250),
  ('wulong-three-natural-bridges-two-day', 'SENIOR', 6250),
  ('wulong-three-natural-bridges-two-day', 'DISABLED', 0),
  ('wulong-three-natural-bridges-timed', 'ADULT', 11200),
  ('wulong-three-natural-bridges-timed', 'CHILD', 5600),
  ('wulong-three-natural-bridges-timed', 'STUDENT', 5600),
  ('wulong-three-natural-bridges-timed', 'SENIOR', 5600),
  ('wulong-three-natural-bridges-timed', 'DISABLED', 0),
  ('wulong-fairy-mountain-two-day', 'ADULT', 5000),
  ('wulong-fairy-mountain-two-day', 'CHILD', 2500),
  ('wulong-fairy-mountain-two-day', 'STUDENT', 2500),
  ('wulong-fairy-mountain-two-day', 'SENIOR', 2500),
  ('wulong-fairy-mountain-two-day', 'DISABLED', 0),
  ('wulong-fairy-mountain-timed', 'ADULT', 4500),
  ('wulong-fairy-mountain-timed', 'CHILD', 2250),
  ('wulong-fairy-mountain-timed', 'STUDENT', 2250),
  ('wulong-fairy-mountain-timed', 'SENIOR', 2250),
  ('wulong-fairy-mountain-timed', 'DISABLED', 0),
  ('wulong-longshui-gorge-two-day', 'ADULT', 10500),
  ('wulong-longshui-gorge-two-day', 'CHILD', 5250),
  ('wulong-longshui-gorge-two-day', 'STUDENT', 5250),
  ('wulong-longshui-gorge-two-day', 'SENIOR', 5250),
  ('wulong-longshui-gorge-two-day', 'DISABLED', 0),
  ('wulong-longshui-gorge-timed', 'ADULT', 9400),
  ('wulong-longshui-gorge-timed', 'CHILD', 4700),
  ('wulong-longshui-gorge-timed', 'STUDENT', 4700),
  ('wulong-longshui-gorge-timed', 'SENIOR', 4700),
  ('wulong-longshui-gorge-timed', 'DISABLED', 0),
  ('wulong-furong-cave-two-day', 'ADULT', 12000),
  ('wulong-furong-cave-two-day', 'CHILD', 6000),
  ('wulong-furong-cave-two-day', 'STUDENT', 6000),
  ('wulong-furong-cave-two-day', 'SENIOR', 6000),
  ('wulong-furong-cave-two-day', 'DISABLED', 0),
  ('wulong-furong-cave-timed', 'ADULT', 10800),
  ('wulong-furong-cave-timed', 'CHILD', 5400),
  ('wulong-furong-cave-timed', 'STUDENT', 5400),
  ('wulong-furong-cave-timed', 'SENIOR', 5400),
  ('wulong-furong-cave-timed', 'DISABLED', 0),
  ('nanchuan-jinfo-mountain-two-day', 'ADULT', 8800),
  ('nanchuan-jinfo-mountain-two-day', 'CHILD', 4400),
  ('nanchuan-jinfo-mountain-two-day', 'STUDENT', 4400),
  ('nanchuan-jinfo-mountain-two-day', 'SENIOR', 4400),
  ('nanchuan-jinfo-mountain-two-day', 'DISABLED', 0),
  ('nanchuan-jinfo-mountain-timed', 'ADULT', 7900),
  ('nanchuan-jinfo-mountain-timed', 'CHILD', 3950),
  ('nanchuan-jinfo-mountain-timed', 'STUDENT', 3950),
  ('nanchuan-jinfo-mountain-timed', 'SENIOR', 3950),
  ('nanchuan-jinfo-mountain-timed', 'DISABLED', 0),
  ('nanchuan-shenlong-gorge-two-day', 'ADULT', 4800),
  ('nanchuan-shenlong-gorge-two-day', 'CHILD', 2400),
  ('nanchuan-shenlong-gorge-two-day', 'STUDENT', 2400),
  ('nanchuan-shenlong-gorge-two-day', 'SENIOR', 2400),
  ('nanchuan-shenlong-gorge-two-day', 'DISABLED', 0),
  ('nanchuan-shenlong-gorge-timed', 'ADULT', 4300),
  ('nanchuan-shenlong-gorge-timed', 'CHILD', 2150),
  ('nanchuan-shenlong-gorge-timed', 'STUDENT', 2150),
  ('nanchuan-shenlong-gorge-timed', 'SENIOR', 2150),
  ('nanchuan-shenlong-gorge-timed', 'DISABLED', 0),
  ('three-gorges-museum-morning', 'ADULT', 0),
  ('three-gorges-museum-morning', 'CHILD', 0),
  ('three-gorges-museum-morning', 'STUDENT', 0),
  ('three-gorges-museum-morning', 'SENIOR', 0),
  ('three-gorges-museum-morning', 'DISABLED', 0),
  ('three-gorges-museum-afternoon', 'ADULT', 0),
  ('three-gorges-museum-afternoon', 'CHILD', 0),
  ('three-gorges-museum-afternoon', 'STUDENT', 0),
  ('three-gorges-museum-afternoon', 'SENIOR', 0),
  ('three-gorges-museum-afternoon', 'DISABLED', 0)
on conflict (product_id, rider_category) do update set
  amount_minor = excluded.amount_minor;

insert into slot_template (template_id, product_id, first_start, slot_minutes, slot_count, quota, early_minutes, late_minutes, weekdays) values
  ('wulong-three-natural-bridges-two-day', 'wulong-three-natural-bridges-two-day', '00:00', 2880, 1, 12000, 0, 0, '{1,2,3,4,5,6,7}'),
  ('wulong-three-natural-bridges-timed', 'wulong-three-natural-bridges-timed', '08:30', 120, 4, 4000, 30, 30, '{1,2,3,4,5,6,7}'),
  ('wulong-fairy-mountain-two-day', 'wulong-fairy-mountain-two-day', '00:00', 2880, 1, 18000, 0, 0, '{1,2,3,4,5,6,7}'),
  ('wulong-fairy-mountain-timed', 'wulong-fairy-mountain-timed', '08:30', 120, 4, 5500, 30, 30, '{1,2,3,4,5,6,7}'),
  ('wulong-longshui-gorge-two-day', 'wulong-longshui-gorge-two-day', '00:00', 2880, 1, 5000, 0, 0, '{1,2,3,4,5,6,7}'),
  ('wulong-longshui-gorge-timed', 'wulong-longshui-gorge-timed', '08:30', 120, 4, 1750, 30, 30, '{1,2,3,4,5,6,7}'),
  ('wulong-furong-cave-two-day', 'wulong-furong-cave-two-day', '00:00', 2880, 1, 4000, 0, 0, '{1,2,3,4,5,6,7}'),
  ('wulong-furong-cave-timed', 'wulong-furong-cave-timed', '08:30', 120, 4, 1500, 30, 30, '{1,2,3,4,5,6,7}'),
  ('nanchuan-jinfo-mountain-two-day', 'nanchuan-jinfo-mountain-two-day', '00:00', 2880, 1, 9000, 0, 0, '{1,2,3,4,5,6,7}'),
  ('nanchuan-jinfo-mountain-timed', 'nanchuan-jinfo-mountain-timed', '08:30', 120, 4, 2750, 30, 30, '{1,2,3,4,5,6,7}'),
  ('nanchuan-shenlong-gorge-two-day', 'nanchuan-shenlong-gorge-two-day', '00:00', 2880, 1, 3500, 0, 0, '{1,2,3,4,5,6,7}'),
  ('nanchuan-shenlong-gorge-timed', 'nanchuan-shenlong-gorge-timed', '08:30', 120, 4, 1125, 30, 30, '{1,2,3,4,5,6,7}'),
  ('three-gorges-museum-morning', 'three-gorges-museum-morning', '09:00', 180, 1, 10000, 0, 30, '{2,3,4,5,6,7}'),
  ('three-gorges-museum-afternoon', 'three-gorges-museum-afternoon', '12:00', 300, 1, 10000, 0, 0, '{2,3,4,5,6,7}')
on conflict (template_id) do update set
  product_id = excluded.product_id, first_start = excluded.first_start, slot_minutes = excluded.slot_minutes, slot_count = excluded.slot_count, quota = excluded.quota, early_minutes = excluded.early_minutes, late_minutes = excluded.late_minutes, weekdays = excluded.weekdays;
