"""Mass organisations supervise and criticise, their recommendations are answered; democracy at the grassroots.

Words of this area: *plan* (chương trình giám sát, phản biện của một đoàn thể), *subject* (nội dung giám sát),
*recommendation* (kiến nghị), *reply* (tiếp thu, không tiếp thu, lý do), *matter* (việc phải công khai, đưa ra bàn, hỏi
ý kiến, kiểm tra), *proof* (minh chứng đã làm), *question* (câu hỏi của cơ sở). Administrative reform and mass
mobilisation are focuses of a kind of their own (`tasks`), with tasks and indicators: there is no second task system.
"""
