"""Invented documents in the official layout; issuers and symbols that cannot exist."""

RESOLUTION = """ĐẢNG BỘ KHỐI MINH HỌA
ĐẢNG ỦY KHỐI
*
Số 12-NQ/ĐUMH

ĐẢNG CỘNG SẢN VIỆT NAM
Thành phố Minh Họa, ngày 05 tháng 02 năm 2017

NGHỊ QUYẾT
về nâng cao chất lượng sinh hoạt chi bộ
-----

Thực hiện Nghị quyết số 04-NQ/TUMH ngày 10/01/2017 của Thành ủy Minh Họa về xây dựng tổ chức đảng, Ban Chấp hành \
Đảng bộ Khối ban hành Nghị quyết với các nội dung sau:

I- MỤC TIÊU

- Phấn đấu 95% chi bộ giữ vững nền nếp sinh hoạt hằng tháng.

II- NHIỆM VỤ, GIẢI PHÁP

1. Nâng cao nhận thức

- Tăng cường giáo dục chính trị, tư tưởng cho đảng viên.

- Xây dựng kế hoạch học tập nghị quyết cho từng chi bộ.

2. Đổi mới nội dung sinh hoạt chuyên đề theo hướng thiết thực.

III- TỔ CHỨC THỰC HIỆN

1. Các đảng ủy trực thuộc xây dựng chương trình hành động thực hiện Nghị quyết, hoàn thành trước ngày 31/3/2017.

2. Ban Tuyên giáo Đảng ủy Khối chủ trì, phối hợp với Ban Tổ chức Đảng ủy Khối và các đảng ủy trực thuộc hướng dẫn \
việc học tập Nghị quyết trong quý I/2017.

Nghị quyết này phổ biến đến chi bộ.

Nơi nhận:
- Thành ủy Minh Họa (để b/c),
- Các đảng ủy trực thuộc,
- Lưu Văn phòng Đảng ủy Khối.

T/M BAN CHẤP HÀNH
BÍ THƯ


Trần Minh Họa
"""

PLAN = """UBND TỈNH MINH HỌA
SỞ THỬ NGHIỆM
-------
Số: 45/KH-STN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Minh Họa, ngày 15 tháng 3 năm 2031

KẾ HOẠCH
Triển khai số hóa hồ sơ lưu trữ năm 2031

Căn cứ Luật Thử nghiệm số 10/2030/QH99;
Căn cứ Quyết định số 7/QĐ-UBMH ngày 02/01/2031 của Ủy ban nhân dân tỉnh Minh Họa;
Sở Thử nghiệm ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU
- Việc số hóa phải bảo đảm tiến độ và chất lượng.

II. TỔ CHỨC THỰC HIỆN
1. Phòng Lưu trữ
- Chủ trì, phối hợp với Phòng Kế hoạch và các đơn vị liên quan lập danh mục hồ sơ, hoàn thành trước ngày 30/4/2031.
- Hằng quý báo cáo Giám đốc Sở kết quả thực hiện.
2. Văn phòng Sở:
a) Bố trí kinh phí, trang thiết bị phục vụ số hóa.
b) Theo dõi, đôn đốc việc thực hiện Kế hoạch này.
3. Giao Trung tâm Minh Họa xây dựng phần mềm quản lý hồ sơ; Phòng Tổng hợp thẩm định dự toán trong tháng 5/2031.
Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các đơn vị báo cáo về Sở để xem xét, giải quyết./.

Nơi nhận:
- UBND tỉnh (b/c);
- Các phòng, đơn vị thuộc Sở;
- Lưu: VT, LT. | KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC




Lê Thị Ví Dụ
"""

LETTER = """   ỦY BAN NHÂN DÂN                         CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
     TỈNH MINH HỌA                              Độc lập - Tự do - Hạnh phúc

     Số: 321 /UBMH-TH                              Minh Họa, ngày 7 tháng 6 năm 2031
V/v rà soát việc công khai
    thủ tục hành chính

                   Kính gửi:
                             - Các sở, ban, ngành;
                             - Ủy ban nhân dân các xã, phường.

      Thực hiện Công văn số 99/BTN-VP ngày 01/6/2031 của Bộ Thử nghiệm, Chủ tịch Ủy ban nhân dân
tỉnh yêu cầu:
      1. Sở Thử nghiệm chủ trì, phối hợp với Sở Mẫu rà soát danh mục thủ tục theo Quyết định số 12-
QĐ/TUMH, báo cáo Ủy ban nhân dân tỉnh trước ngày 20 tháng 6
năm 2031.
                                        2

      2. Ủy ban nhân dân các xã, phường niêm yết công khai thủ tục tại trụ sở, thực hiện thường xuyên và
chịu sự kiểm tra của cơ quan cấp trên.
Nơi nhận:                                               KT. CHỦ TỊCH
- Như trên;
- Chủ tịch UBND tỉnh;                                   PHÓ CHỦ TỊCH
- Lưu: VT, TH.




                                                        Phạm Văn Mẫu
"""

TABLE = """CHÍNH PHỦ MINH HỌA
-------
Số: 3/NQ-CPMH
Minh Họa, ngày 01 tháng 9 năm 2031

NGHỊ QUYẾT
Ban hành Chương trình hành động

Điều 1. Ban hành kèm theo Nghị quyết này Chương trình hành động.

PHỤ LỤC
DANH MỤC NHIỆM VỤ

| TT | Tên nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Kết quả | Thời gian hoàn thành |
|----|----|----|----|----|----|
| **I.** | Thể chế |  |  |  |  |
| 1. | Xây dựng Đề án cơ sở dữ liệu mẫu | Bộ Khoa học và Công nghệ | Bộ Tài chính; các bộ, ngành | Đề án | Quý II/2032 |
| 2. | Rà soát văn bản trái quy định | Các bộ, ngành, địa phương |  | Báo cáo | Hằng năm |
|  | và kiến nghị sửa đổi |  |  |  |  |
| 3. | Ban hành bộ tiêu chí | Bộ Nội vụ, Bộ Tài chính |  | Quyết định | 12/2032 |
"""

LABELS = """KẾ HOẠCH
Thực hiện chương trình mẫu

I. NHIỆM VỤ
1. Tuyên truyền
- Tổ chức hội nghị phổ biến chương trình.
- Đăng tải tài liệu trên trang thông tin điện tử.
Đơn vị chủ trì: Sở Mẫu.
Đơn vị phối hợp: Sở Thử nghiệm, các cơ quan liên quan.
Thời gian thực hiện: Quý III/2031.
2. Đào tạo
- Tổ chức tập huấn cho cán bộ cơ sở.
Đơn vị chủ trì: Sở Thử nghiệm.
Sản phẩm: Báo cáo kết quả tập huấn.
"""
